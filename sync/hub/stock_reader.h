/* stock_reader: judges one row of a list of stock. */
#pragma once

#include "sync/hub/list_reader.h"

/* Fails when the store is unknown. */
ListReader *stock_reader_new(const ImportJob *job, Base *base, GError **error);
