/* label_ink: characters of any size as dots, for what a label printer's own fonts lack
 * and for pictures of labels. Pure, but for the fonts of the system. */
#pragma once

#include "drivers/raster.h"

/* @letter dots high, and a little more where tails of letters reach below; a character is
 * as wide as high, or half when it takes one column. (transfer full). */
Raster *label_ink_text(const char *text, int letter, bool bold);
/* The same in white, in the middle of a black field. */
Raster *label_ink_mark(const char *text, int letter, int width, int height);
/* Lays @ink at (@x, @y) over what is black already, turned by @quarters clockwise about
 * its upper left corner; what lies outside is lost. */
void label_ink_lay(Raster *on, const Raster *ink, int x, int y, int quarters);
