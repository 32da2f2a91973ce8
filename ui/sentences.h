/* sentences: what a message says, made from a table of msgids. The words of words.h that
 * are whole sentences live here: words_notice(), words_rule(), words_gate(). */
#pragma once

#include "ui/words.h"

/* "{what}", "{number}", "{money}", "{span}", "{percent}" in @pattern are replaced by the
 * particulars, each as the screens write it (transfer full). */
char *sentences_fill(const char *pattern, const char *what, int64_t number);
