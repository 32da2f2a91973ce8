#include "drivers/label_paper.h"

#include <cairo.h>
#include <string.h>

#include "app/domain/document.h"
#include "drivers/decode.h"
#include "drivers/device.h"
#include "drivers/label_ink.h"
#include "drivers/tspl_stream.h"

#define DOTS_PER_MM  8
#define WIDEST       864 /* dots; 108 mm, what such print heads have */
#define LONGEST      2400
#define MOST_KEPT    100
#define MOST_COPIES  20
#define MOST_ENTRIES 400
#define MOST_LETTER  400
#define SAME_ROW     14 /* dots; texts this near stand on one row */
#define PIXELS       2
#define BORDER       16

typedef struct {
  Raster *raster; /* owned */
  char *text;     /* owned */
} PrintedLabel;

/* Something that can be read, and where it stands. */
typedef struct {
  int x, y;
  char *text; /* owned */
} Entry;

struct LabelPaper {
  TsplStream *stream; /* owned */
  LabelPaperWatch watch;
  gpointer data;
  Raster *canvas;  /* owned */
  GArray *entries; /* owned; of Entry */
  GQueue labels;   /* of PrintedLabel */
  int count;       /* since the last tear, forgotten ones too */
  int width, height;
};

static void
entry_clear(gpointer data)
{
  g_free(((Entry *)data)->text);
}

static void
printed_free(gpointer data)
{
  PrintedLabel *printed = data;
  raster_free(printed->raster);
  g_free(printed->text);
  g_free(printed);
}

static void
wipe(LabelPaper *paper)
{
  raster_free(paper->canvas);
  paper->canvas = raster_new(paper->width, paper->height);
  g_array_set_size(paper->entries, 0);
}

/* Takes @text. */
static void
note(LabelPaper *paper, int x, int y, char *text)
{
  for (guint i = 0; i < paper->entries->len; i++) {
    const Entry *entry = &g_array_index(paper->entries, Entry, i);
    bool is_second_strike =
        entry->y == y && ABS(entry->x - x) <= 2 && strcmp(entry->text, text) == 0;
    if (is_second_strike) {
      g_free(text);
      return;
    }
  }
  Entry entry = {x, y, text};
  if (paper->entries->len < MOST_ENTRIES)
    g_array_append_val(paper->entries, entry);
  else
    g_free(text);
}

/* -- What stands on it, as text ----------------------------------------------------- */

static int
compare_entries(gconstpointer a, gconstpointer b)
{
  const Entry *one = a, *other = b;
  return one->y != other->y ? one->y - other->y : one->x - other->x;
}

static int
compare_across(gconstpointer a, gconstpointer b)
{
  return ((const Entry *)a)->x - ((const Entry *)b)->x;
}

static char *
text_of(LabelPaper *paper)
{
  GString *text = g_string_new(NULL);
  Entry *entries = (Entry *)paper->entries->data;
  guint n = paper->entries->len;

  g_array_sort(paper->entries, compare_entries);
  for (guint i = 0; i < n;) {
    guint end = i + 1;
    while (end < n && entries[end].y - entries[i].y <= SAME_ROW)
      end++;
    qsort(entries + i, end - i, sizeof *entries, compare_across);
    for (; i < end; i++)
      g_string_append_printf(text, "%s%s", entries[i].text, i + 1 < end ? "  " : "\n");
  }
  return g_string_free(text, FALSE);
}

/* -- Commands ----------------------------------------------------------------------- */

/* "40 mm", "320 dot"; without a unit it is inches. */
static int
dots_of(const TsplCommand *command, int field)
{
  if (field >= command->n_fields)
    return 0;
  const char *text = command->fields[field];
  double number = g_ascii_strtod(text, NULL);
  double per = strstr(text, "mm")    ? DOTS_PER_MM
               : strstr(text, "dot") ? 1
                                     : 25.4 * DOTS_PER_MM;
  return number > 0 && number < LONGEST ? (int)(number * per + 0.5) : 0;
}

static void
do_size(LabelPaper *paper, const TsplCommand *command)
{
  int width = dots_of(command, 0), height = dots_of(command, 1);
  if (width <= 0 || height <= 0)
    return;
  paper->width = MIN(width, WIDEST);
  paper->height = MIN(height, LONGEST);
  wipe(paper);
}

static void
do_clear(LabelPaper *paper, const TsplCommand *command)
{
  wipe(paper);
}

static const char *
field(const TsplCommand *command, int i)
{
  return i >= 0 && i < command->n_fields ? command->fields[i] : "";
}

/* Height of a character of the printer's own fonts. */
static int
letter_of(const char *font)
{
  static const int LATIN[] = {12, 20, 24, 32, 48, 19, 27, 25};
  int number = (int)g_ascii_strtoll(font, NULL, 10);
  if (number >= 1 && number <= (int)G_N_ELEMENTS(LATIN))
    return LATIN[number - 1];
  const char *digits = strpbrk(font, "123456789");
  int letter = digits ? (int)g_ascii_strtoll(digits, NULL, 10) : 0;
  return letter >= 8 && letter <= 64 ? letter : 24;
}

static char *
to_utf8(const char *gbk)
{
  char *utf8 = g_convert_with_fallback(gbk, -1, "UTF-8", "GBK", "?", NULL, NULL, NULL);
  return utf8 ? utf8 : g_utf8_make_valid(gbk, -1);
}

/* Each dot @across times as wide and @down times as high. */
static Raster *
magnified(const Raster *raster, int across, int down)
{
  Raster *large = raster_new(raster->width * across, raster->height * down);
  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      if (raster_is_black(raster, x, y))
        raster_blacken(large, x * across, y * down, across, down);
  return large;
}

static int
quarters(const TsplCommand *command, int i)
{
  return tspl_number(command, i) / 90;
}

static void
do_text(LabelPaper *paper, const TsplCommand *command)
{
  int x = tspl_number(command, 0), y = tspl_number(command, 1);
  int letter = letter_of(field(command, 2));
  int across = CLAMP(tspl_number(command, 4), 1, 10);
  int down = CLAMP(tspl_number(command, 5), 1, 10);
  g_autofree char *text = to_utf8(field(command, command->n_fields - 1));

  if (command->n_fields < 7 || !*text || letter * MAX(across, down) > MOST_LETTER ||
      document_width(text) * letter * across > 4 * WIDEST)
    return;
  g_autoptr(Raster) ink = across == down ? label_ink_text(text, letter * down, false)
                                         : label_ink_text(text, letter, false);
  if (across != down) {
    Raster *large = magnified(ink, across, down);
    raster_free(ink);
    ink = large;
  }
  label_ink_lay(paper->canvas, ink, x, y, quarters(command, 3));
  note(paper, x, y, g_steal_pointer(&text));
}

static void
lay_symbol(LabelPaper *paper,
           const char *symbology,
           const char *content,
           int x,
           int y,
           int across,
           int down,
           int turned)
{
  SymbolModules *symbol = symbol_encode(symbology, content, strlen(content));
  if (!symbol)
    return;
  g_autoptr(Raster) raster = raster_new(symbol->width * across, symbol->height * down);
  for (int row = 0; row < symbol->height; row++)
    for (int i = 0; i < symbol->width; i++)
      if (symbol->modules[row * symbol->width + i])
        raster_blacken(raster, i * across, row * down, across, down);
  label_ink_lay(paper->canvas, raster, x, y, turned);
  symbol_modules_free(symbol);
}

static void
do_barcode(LabelPaper *paper, const TsplCommand *command)
{
  const char *type = field(command, 2);
  const char *symbology = strcmp(type, "EAN13") == 0  ? "EAN-13"
                          : strcmp(type, "EAN8") == 0 ? "EAN-8"
                                                      : "Code128";
  int x = tspl_number(command, 0), y = tspl_number(command, 1);
  g_autofree char *content = to_utf8(field(command, command->n_fields - 1));

  if (command->n_fields < 9 || !*content || strlen(content) > 80)
    return;
  lay_symbol(paper,
             symbology,
             content,
             x,
             y,
             CLAMP(tspl_number(command, 6), 1, 10),
             CLAMP(tspl_number(command, 3), 1, LONGEST),
             quarters(command, 5));
  note(paper, x, y, g_strconcat("|||", content, NULL));
}

static void
do_qrcode(LabelPaper *paper, const TsplCommand *command)
{
  int x = tspl_number(command, 0), y = tspl_number(command, 1);
  int module = CLAMP(tspl_number(command, 3), 1, 10);
  g_autofree char *content = to_utf8(field(command, command->n_fields - 1));

  if (command->n_fields < 7 || !*content || strlen(content) > 500)
    return;
  lay_symbol(paper, "QRCode", content, x, y, module, module, quarters(command, 5));
  note(paper, x, y, g_strdup_printf("[QR %s]", content));
}

static void
do_bar(LabelPaper *paper, const TsplCommand *command)
{
  raster_blacken(paper->canvas,
                 tspl_number(command, 0),
                 tspl_number(command, 1),
                 CLAMP(tspl_number(command, 2), 0, WIDEST),
                 CLAMP(tspl_number(command, 3), 0, LONGEST));
}

static void
do_box(LabelPaper *paper, const TsplCommand *command)
{
  int x = CLAMP(tspl_number(command, 0), 0, WIDEST);
  int y = CLAMP(tspl_number(command, 1), 0, LONGEST);
  int width = CLAMP(tspl_number(command, 2), 0, WIDEST) - x;
  int height = CLAMP(tspl_number(command, 3), 0, LONGEST) - y;
  int line = CLAMP(tspl_number(command, 4), 1, 50);

  raster_blacken(paper->canvas, x, y, width, line);
  raster_blacken(paper->canvas, x, y + height - line, width, line);
  raster_blacken(paper->canvas, x, y, line, height);
  raster_blacken(paper->canvas, x + width - line, y, line, height);
}

static void
whiten(Raster *raster, int x, int y)
{
  if (x >= 0 && y >= 0 && x < raster->width && y < raster->height)
    raster->bits[y * raster->stride + x / 8] &= (guint8) ~(0x80 >> x % 8);
}

/* What is black in the field becomes white; with @and_back the other way round too. */
static void
turn_white(LabelPaper *paper, const TsplCommand *command, bool and_back)
{
  int x0 = CLAMP(tspl_number(command, 0), 0, WIDEST);
  int y0 = CLAMP(tspl_number(command, 1), 0, LONGEST);
  int x1 = MIN(x0 + CLAMP(tspl_number(command, 2), 0, WIDEST), paper->canvas->width);
  int y1 = MIN(y0 + CLAMP(tspl_number(command, 3), 0, LONGEST), paper->canvas->height);

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++) {
      if (raster_is_black(paper->canvas, x, y))
        whiten(paper->canvas, x, y);
      else if (and_back)
        raster_blacken(paper->canvas, x, y, 1, 1);
    }
}

static void
do_reverse(LabelPaper *paper, const TsplCommand *command)
{
  turn_white(paper, command, true);
}

static void
do_erase(LabelPaper *paper, const TsplCommand *command)
{
  turn_white(paper, command, false);
}

static void
do_bitmap(LabelPaper *paper, const TsplCommand *command)
{
  enum { OVERWRITE, OR, XOR };
  int x = tspl_number(command, 0), y = tspl_number(command, 1);
  int stride = tspl_number(command, 2), mode = tspl_number(command, 4);

  if (!command->picture || stride <= 0)
    return;
  int height = (int)(command->picture_length / (gsize)stride);
  for (int row = 0; row < height; row++)
    for (int dot = 0; dot < stride * 8; dot++) {
      bool burns = !(command->picture[row * stride + dot / 8] >> (7 - dot % 8) & 1);
      bool was = raster_is_black(paper->canvas, x + dot, y + row);
      if (mode == OVERWRITE || (mode == XOR && was && burns))
        whiten(paper->canvas, x + dot, y + row);
      if (burns && !(mode == XOR && was))
        raster_blacken(paper->canvas, x + dot, y + row, 1, 1);
    }
  note(paper, x, y, g_strdup_printf("[picture %dx%d]", stride * 8, height));
}

static bool
tell(LabelPaper *paper, LabelPaperSign sign)
{
  return !paper->watch || paper->watch(sign, paper->data);
}

static void
print_one(LabelPaper *paper)
{
  PrintedLabel *printed = g_new(PrintedLabel, 1);
  *printed = (PrintedLabel){raster_new(paper->width, paper->height), text_of(paper)};
  memcpy(printed->raster->bits,
         paper->canvas->bits,
         (gsize)paper->canvas->stride * (gsize)paper->canvas->height);
  g_queue_push_tail(&paper->labels, printed);
  paper->count++;
  if (paper->labels.length > MOST_KEPT)
    printed_free(g_queue_pop_head(&paper->labels));
}

static void
do_print(LabelPaper *paper, const TsplCommand *command)
{
  int sets = CLAMP(tspl_number(command, 0), 1, MOST_COPIES);
  int copies = CLAMP(tspl_number(command, 1), 1, MOST_COPIES);

  for (int i = 0; i < MIN(sets * copies, MOST_COPIES); i++)
    if (tell(paper, LABEL_PAPER_PRINTS))
      print_one(paper);
}

static void
do_ask(LabelPaper *paper, const TsplCommand *command)
{
  tell(paper, LABEL_PAPER_ASKS);
}

static void
do_cancel(LabelPaper *paper, const TsplCommand *command)
{
  tell(paper, LABEL_PAPER_CANCELS);
}

static void
on_command(const TsplCommand *command, gpointer data)
{
  static const struct {
    const char *name;
    void (*deed)(LabelPaper *paper, const TsplCommand *command);
  } COMMANDS[] = {{"SIZE", do_size},
                  {"CLS", do_clear},
                  {"TEXT", do_text},
                  {"BARCODE", do_barcode},
                  {"QRCODE", do_qrcode},
                  {"BAR", do_bar},
                  {"BOX", do_box},
                  {"REVERSE", do_reverse},
                  {"ERASE", do_erase},
                  {"BITMAP", do_bitmap},
                  {"PRINT", do_print},
                  {"!?", do_ask},
                  {"!.", do_cancel}};
  for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
    if (strcmp(command->name, COMMANDS[i].name) == 0)
      COMMANDS[i].deed(data, command);
}

/* -- Public ------------------------------------------------------------------------- */

LabelPaper *
label_paper_new(void)
{
  LabelPaper *paper = g_new0(LabelPaper, 1);
  paper->stream = tspl_stream_new(on_command, paper);
  paper->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  g_array_set_clear_func(paper->entries, entry_clear);
  paper->width = 40 * DOTS_PER_MM;
  paper->height = 30 * DOTS_PER_MM;
  wipe(paper);
  return paper;
}

void
label_paper_free(LabelPaper *paper)
{
  if (!paper)
    return;
  tspl_stream_free(paper->stream);
  g_queue_clear_full(&paper->labels, printed_free);
  g_array_unref(paper->entries);
  raster_free(paper->canvas);
  g_free(paper);
}

void
label_paper_watch(LabelPaper *paper, LabelPaperWatch watch, gpointer data)
{
  paper->watch = watch;
  paper->data = data;
}

void
label_paper_feed(LabelPaper *paper, const guint8 *bytes, gsize length)
{
  tspl_stream_feed(paper->stream, bytes, length);
}

void
label_paper_reset(LabelPaper *paper)
{
  tspl_stream_reset(paper->stream);
  wipe(paper);
}

int
label_paper_count(const LabelPaper *paper)
{
  return paper->count;
}

void
label_paper_tear(LabelPaper *paper)
{
  g_queue_clear_full(&paper->labels, printed_free);
  paper->count = 0;
}

char *
label_paper_text(const LabelPaper *paper)
{
  GString *text = g_string_new(NULL);
  for (const GList *l = paper->labels.head; l; l = l->next)
    g_string_append_printf(
        text, "%s%s", ((const PrintedLabel *)l->data)->text, l->next ? "----\n" : "");
  return g_string_free(text, FALSE);
}

static const Raster *
label_at(const LabelPaper *paper, int n)
{
  const PrintedLabel *printed =
      n < 0 ? g_queue_peek_tail((GQueue *)&paper->labels)
            : g_queue_peek_nth((GQueue *)&paper->labels, (guint)n);
  return printed ? printed->raster : NULL;
}

bool
label_paper_is_black(const LabelPaper *paper, int n, int x, int y)
{
  const Raster *raster = label_at(paper, n);
  return raster && raster_is_black(raster, x, y);
}

static void
draw_dots(cairo_t *cr, const Raster *raster)
{
  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      if (raster_is_black(raster, x, y))
        cairo_rectangle(cr, BORDER + x * PIXELS, BORDER + y * PIXELS, PIXELS, PIXELS);
  cairo_fill(cr);
}

bool
label_paper_save_png(const LabelPaper *paper, int n, const char *path, GError **error)
{
  const Raster *raster = label_at(paper, n);
  if (!raster) {
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "no such label");
    return false;
  }
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                 raster->width * PIXELS + 2 * BORDER,
                                 raster->height * PIXELS + 2 * BORDER);
  cairo_t *cr = cairo_create(surface);
  cairo_set_source_rgb(cr, 0.82, 0.80, 0.76);
  cairo_paint(cr);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_rectangle(cr, BORDER, BORDER, raster->width * PIXELS, raster->height * PIXELS);
  cairo_fill(cr);
  cairo_set_source_rgb(cr, 0, 0, 0);
  cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
  draw_dots(cr, raster);
  cairo_status_t status = cairo_surface_write_to_png(surface, path);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error(error,
                DEVICE_ERROR,
                DEVICE_ERROR_GONE,
                "%s: %s",
                path,
                cairo_status_to_string(status));
  return status == CAIRO_STATUS_SUCCESS;
}
