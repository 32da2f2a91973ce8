#include "drivers/glyphs.h"

#include <pango/pangocairo.h>

#define FONT   "Noto Sans Mono CJK SC"
#define ASCENT 0.86 /* of the cell: where the baseline of a CJK font lies */

struct Glyphs {
  cairo_t *cr;                   /* owned */
  PangoLayout *layout;           /* owned */
  PangoFontDescription *face[2]; /* owned; regular, bold */
  bool bold;
};

static PangoFontDescription *
face_new(PangoWeight weight)
{
  PangoFontDescription *face = pango_font_description_from_string(FONT);
  pango_font_description_set_weight(face, weight);
  pango_font_description_set_absolute_size(face, GLYPH_HEIGHT * PANGO_SCALE);
  return face;
}

/* Whole dots, as a print head has them. */
static void
set_crisp(PangoLayout *layout)
{
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_FULL);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
  cairo_font_options_destroy(options);
}

Glyphs *
glyphs_new(cairo_t *cr)
{
  Glyphs *glyphs = g_new0(Glyphs, 1);

  glyphs->cr = cairo_reference(cr);
  glyphs->layout = pango_cairo_create_layout(cr);
  set_crisp(glyphs->layout);
  glyphs->face[0] = face_new(PANGO_WEIGHT_NORMAL);
  glyphs->face[1] = face_new(PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(glyphs->layout, glyphs->face[0]);
  return glyphs;
}

void
glyphs_free(Glyphs *glyphs)
{
  if (!glyphs)
    return;
  g_object_unref(glyphs->layout);
  pango_font_description_free(glyphs->face[0]);
  pango_font_description_free(glyphs->face[1]);
  cairo_destroy(glyphs->cr);
  g_free(glyphs);
}

void
glyphs_draw(Glyphs *glyphs, const char *character, GlyphCell cell)
{
  if (cell.bold != glyphs->bold) {
    pango_layout_set_font_description(glyphs->layout, glyphs->face[cell.bold]);
    glyphs->bold = cell.bold;
  }
  pango_layout_set_text(glyphs->layout, character, -1);
  PangoLayoutLine *line = pango_layout_get_line_readonly(glyphs->layout, 0);
  PangoRectangle logical;
  pango_layout_line_get_extents(line, NULL, &logical);

  double width = cell.columns * GLYPH_WIDTH * cell.across;
  double natural = MAX(logical.width, 1) / (double)PANGO_SCALE;
  double stretch = MIN(cell.across, width / natural);
  double x = cell.x + (width - natural * stretch) / 2;
  double baseline = cell.y + GLYPH_HEIGHT * cell.down * ASCENT;

  cairo_save(glyphs->cr);
  cairo_translate(glyphs->cr, x, baseline);
  cairo_scale(glyphs->cr, stretch, cell.down);
  pango_cairo_show_layout_line(glyphs->cr, line);
  cairo_restore(glyphs->cr);
}
