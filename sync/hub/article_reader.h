/* article_reader: judges one row of a list of articles. */
#pragma once

#include "sync/hub/list_reader.h"

/* @base: (nullable): what is there already is not known. */
ListReader *article_reader_new(const ImportJob *job, Base *base, GError **error);
