/* staff_reader: judges one row of a list of staff. PINs become verifiers here and are
 * forgotten; neither a report nor an error ever shows one. */
#pragma once

#include "sync/hub/list_reader.h"

ListReader *staff_reader_new(const ImportJob *job, Base *base);
