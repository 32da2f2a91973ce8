/* price_reader: judges one row of a list of prices. */
#pragma once

#include "sync/hub/list_reader.h"

ListReader *price_reader_new(const ImportJob *job, Base *base);
