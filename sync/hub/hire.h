/* hire: one person, as a command says it: judged like a row of a list of staff. */
#pragma once

#include "sync/hub/list_reader.h"

/* @cells: by field, as typed. @ret_refusal: (transfer full) (nullable): why not, in
 * words; NULL when it was done. @ret_json: (transfer full) (nullable): the hub's answer.
 */
bool hire_person(
    Office *office, ListCells cells, char **ret_json, char **ret_refusal, GError **error);
