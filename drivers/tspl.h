/* Tspl: a label as bytes for printers that speak TSPL (TSC and most Chinese makes), 203
 * dpi. Pure, but for the fonts of the system. */
#pragma once

#include "app/domain/label.h"

/* Between two labels of a roll. */
#define TSPL_GAP_MM 2

/* (transfer full). Text of 24 dots and its multiples goes out in the printer's own
 * Chinese font (GBK) where that has all of it; the rest as pictures. */
GBytes *tspl_encode(const Label *label);

/* Whether the printer's own font can set @text at @letter dots; columns agree. */
bool tspl_has_font(const char *text, int letter);
