/* LabelLayout: blocks on top of each other, set as large as they go together. What does
 * not fit shrinks step by step, the lowest rank first. */
#pragma once

#include "app/domain/document.h"
#include "app/domain/label.h"

typedef struct LabelLayout LabelLayout;

typedef struct {
  int best, least; /* height of a character, dots */
  int single; /* down to here one row is better than two larger ones; 0: never mind */
  int rank;   /* the lowest shrinks first */
  bool bold;
  DocAlign align;
} LabelStyle;

LabelLayout *label_layout_new(const char *title, LabelSize size);

/* Pieces that stay together where they can, side by side while there is room;
 * NULL-terminated, empty ones are left out. */
void label_layout_text(LabelLayout *layout, LabelStyle style, const char *const *pieces);
/* @mark in a black field at the left, @text beside it. */
void label_layout_head(LabelLayout *layout,
                       LabelStyle style,
                       const char *mark,
                       const char *text);
/* @figure as high as @style, @unit half as high, @mark (may be "") in a black field at
 * the right. */
void label_layout_price(LabelLayout *layout,
                        LabelStyle style,
                        const char *figure,
                        const char *unit,
                        const char *mark);
void label_layout_code(LabelLayout *layout, int rank, const char *code);
void label_layout_rule(LabelLayout *layout);

/* Takes @layout. @return (transfer full), NULL: not all of it fits. */
Label *label_layout_settle(LabelLayout *layout);
