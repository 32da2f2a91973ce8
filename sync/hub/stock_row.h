/* stock_row: judges one row of a list of stock. */
#pragma once

#include "sync/hub/list_reader.h"

/* Fails when the store is unknown. */
ListReader *stock_row_reader(const ImportJob *job, Base *base, GError **error);
