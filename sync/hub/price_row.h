/* price_row: judges one row of a list of prices. */
#pragma once

#include "sync/hub/list_reader.h"

ListReader *price_row_reader(const ImportJob *job, Base *base);
