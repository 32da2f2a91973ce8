/* escpos_symbol: bar codes and QR codes, the printer's own where it has them, else drawn.
 * Internal to escpos. */
#pragma once

#include "drivers/escpos_job.h"

/* With the white above it that scanners need. @return what is to stand under it as text,
 * the line's own; NULL: nothing. */
const char *escpos_put_symbol(EscposJob *job, const DocLine *line);
