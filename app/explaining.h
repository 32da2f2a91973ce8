/* explaining: `guitai explain`, for whoever has a code in hand and wonders. The verb is
 * scan_explain() of app/scan.h. */
#pragma once

#include "app/scan.h"

/* The names of kinds and contexts as they stand in its lines; never translated. */
const char *explaining_kind(BarcodeKind kind);
