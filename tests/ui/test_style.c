/* The colours of both themes: every text is readable on its ground, every edge is seen
 * (WCAG 2.1: 4.5:1 for text, 3:1 for what is touched). */
#include <gdk/gdk.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "tests/test.h"

typedef struct {
  const char *ink, *ground;
} Pair;

static const Pair texts[] = {
    {"ink", "ground"},       {"ink", "surface"},        {"ink", "raised"},
    {"ink", "sunken"},       {"ink", "chosen"},         {"ink2", "ground"},
    {"ink2", "surface"},     {"ink2", "raised"},        {"ink2", "sunken"},
    {"ink2", "chosen"},      {"ink3", "ground"},        {"ink3", "surface"},
    {"ink3", "raised"},      {"ink3", "sunken"},        {"ink3", "chosen"},
    {"strip_ink", "strip"},  {"strip_ink", "strip_on"}, {"strip_ink2", "strip"},
    {"on_active", "active"}, {"active", "surface"},     {"active", "sunken"},
    {"active", "ground"},    {"ok", "ok_bg"},           {"info", "info_bg"},
    {"warn", "warn_bg"},     {"warn", "surface"},       {"warn", "chosen"},
    {"warn", "ground"},      {"bad", "bad_bg"},         {"bad", "surface"},
    {"bad", "raised"},       {"on_block", "block_bg"},  {"on_rx", "rx"},
    {"on_rx", "ctrl"},       {"ctrl", "ctrl_bg"},       {"otca", "raised"},
    {"otcb", "raised"},      {"device", "surface"},     {"device", "chosen"},
    {"food", "surface"},     {"food", "chosen"},        {"herb", "herb_bg"},
    {"rx", "surface"},       {"info", "surface"},       {"paper_ink", "paper"},
};

static const Pair edges[] = {
    {"rule2", "ground"},
    {"rule2", "surface"},
    {"rule2", "raised"},
    {"rule2", "sunken"},
    {"ring", "ground"},
    {"ring", "surface"},
    {"ring", "chosen"},
    {"warn_edge", "surface"},
    {"warn_edge", "raised"},
};

static char *
read_style(const char *name)
{
  char *text = NULL;
  g_autofree char *here = g_path_get_dirname(__FILE__);
  g_autofree char *path = g_build_filename(here, "..", "..", "ui", name, NULL);
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &text, NULL, NULL));
  return text;
}

/* name → "#RRGGBB" or "rgba(…)". */
static GHashTable *
tokens_of(const char *style)
{
  GHashTable *tokens = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) lines = g_strsplit(style, "\n", -1);
  for (char **line = lines; *line; line++) {
    if (!g_str_has_prefix(*line, "@define-color "))
      continue;
    const char *name = *line + strlen("@define-color ");
    gsize length = strcspn(name, " ");
    const char *value = name + length + strspn(name + length, " ");
    g_hash_table_insert(
        tokens, g_strndup(name, length), g_strndup(value, strcspn(value, ";")));
  }
  return tokens;
}

static double
linear(double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

static double
luminance(const char *colour)
{
  GdkRGBA rgba;
  CU_ASSERT_TRUE_FATAL(colour && gdk_rgba_parse(&rgba, colour));
  return 0.2126 * linear(rgba.red) + 0.7152 * linear(rgba.green) +
         0.0722 * linear(rgba.blue);
}

static double
contrast(GHashTable *tokens, const Pair *pair)
{
  double a = luminance(g_hash_table_lookup(tokens, pair->ink));
  double b = luminance(g_hash_table_lookup(tokens, pair->ground));
  return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

static void
check_pairs(GHashTable *tokens, const Pair *pairs, guint n, double least)
{
  for (guint i = 0; i < n; i++) {
    double seen = contrast(tokens, &pairs[i]);
    CU_ASSERT_TRUE(seen >= least);
    if (seen < least)
      g_printerr("%s on %s: %.2f\n", pairs[i].ink, pairs[i].ground, seen);
  }
}

static void
check_style(const char *name)
{
  g_autofree char *style = read_style(name);
  g_autoptr(GHashTable) tokens = tokens_of(style);
  check_pairs(tokens, texts, G_N_ELEMENTS(texts), 4.5);
  check_pairs(tokens, edges, G_N_ELEMENTS(edges), 3.0);
}

static void
by_day_every_text_is_readable_and_every_edge_is_seen(void)
{
  check_style("style.css");
}

static void
by_night_every_text_is_readable_and_every_edge_is_seen(void)
{
  check_style("style-dark.css");
}

static void
the_night_redefines_all_tokens_and_nothing_else(void)
{
  g_autofree char *light = read_style("style.css");
  g_autofree char *dark = read_style("style-dark.css");
  g_autoptr(GHashTable) day = tokens_of(light);
  g_autoptr(GHashTable) night = tokens_of(dark);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, day);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    CU_ASSERT_TRUE(g_hash_table_contains(night, name));
  CU_ASSERT_EQUAL(g_hash_table_size(day), g_hash_table_size(night));
  CU_ASSERT_PTR_NULL(strchr(dark, '{'));
}

/* Lengths are rem, so that the font's size scales everything; lines and focus rings are
 * px, and so are the teeth of a barcode. */
static void
sizes_scale_with_the_font(void)
{
  g_autofree char *style = read_style("style.css");
  static const char *const sized[] = {"font-size:", "min-width:", "min-height:"};
  for (guint i = 0; i < G_N_ELEMENTS(sized); i++)
    for (const char *at = style; (at = strstr(at, sized[i])) != NULL;) {
      at += strlen(sized[i]);
      double length = g_ascii_strtod(at, NULL);
      gsize end = strcspn(at, ";}");
      g_autofree char *value = g_strndup(at, end);
      bool ok = strstr(value, "rem") || length <= 8;
      CU_ASSERT_TRUE(ok);
      if (!ok)
        g_printerr("%s%s\n", sized[i], value);
    }
}

TESTS("style",
      TEST(by_day_every_text_is_readable_and_every_edge_is_seen),
      TEST(by_night_every_text_is_readable_and_every_edge_is_seen),
      TEST(the_night_redefines_all_tokens_and_nothing_else),
      TEST(sizes_scale_with_the_font))
