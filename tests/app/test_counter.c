#include "app/counter.h"
#include "app/devices.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "drivers/decode.h"
#include "tests/app/shop.h"

typedef struct {
  Shop shop;
  Counter *counter;
  int seen[WIRE_TORN + 1];
  gsize bytes;
  char *what; /* owned; of the last event */
} Table;

static void
on_wire(Counter *counter, const WireEvent *event, gpointer data)
{
  Table *table = data;
  if (!event)
    return;
  table->seen[event->kind]++;
  table->bytes = event->bytes;
  g_free(table->what);
  table->what = g_strdup(event->what);
}

static void
set_table(Table *table)
{
  *table = (Table){.shop = shop_open()};
  shop_sign_in(&table->shop);
  table->counter = counter_new(table->shop.till, on_wire, table);
}

static void
clear_table(Table *table)
{
  counter_free(table->counter);
  g_free(table->what);
  shop_close(&table->shop);
}

static void
a_scan_reaches_the_till_and_the_log(void)
{
  Table table;
  char code[14];
  set_table(&table);
  shop_code(shop_ean(IBUPROFEN), code);
  counter_scan(table.counter, code, strlen(code));
  CU_ASSERT_EQUAL(table.seen[WIRE_SCANNED], 1);
  CU_ASSERT_STRING_EQUAL(table.what, code);
  CU_ASSERT_EQUAL(table.bytes, 13);
  await(table.shop.till->sale->lines->len == 1);
  counter_scan(table.counter, "", 0);
  CU_ASSERT_EQUAL(table.seen[WIRE_SCANNED], 1);
  clear_table(&table);
}

/* A picture of @code as a bar code, 3 pixels a module, with its quiet zone. */
static char *
draw(const Shop *shop, const char *symbology, const char *code)
{
  g_autoptr(SymbolModules) symbol = symbol_encode(symbology, code, strlen(code));
  CU_ASSERT_PTR_NOT_NULL_FATAL(symbol);
  int scale = 3, edge = 40, height = symbol->height == 1 ? 60 : symbol->height * scale;
  g_autoptr(GdkPixbuf) picture = gdk_pixbuf_new(
      GDK_COLORSPACE_RGB, FALSE, 8, symbol->width * scale + 2 * edge, height + 2 * edge);
  gdk_pixbuf_fill(picture, 0xffffffff);
  guint8 *pixels = gdk_pixbuf_get_pixels(picture);
  int stride = gdk_pixbuf_get_rowstride(picture);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < symbol->width * scale; x++) {
      int row = symbol->height == 1 ? 0 : y / scale;
      if (symbol->modules[row * symbol->width + x / scale])
        memset(pixels + (y + edge) * stride + (x + edge) * 3, 0, 3);
    }
  }
  char *path = g_build_filename(shop->folder, "code.png", NULL);
  CU_ASSERT_TRUE(gdk_pixbuf_save(picture, path, "png", NULL, NULL));
  return path;
}

static void
a_picture_with_one_code_is_scanned(void)
{
  Table table;
  char code[14];
  set_table(&table);
  shop_code(shop_ean(IBUPROFEN), code);
  g_autofree char *path = draw(&table.shop, "EAN-13", code);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) codes = counter_scan_picture(table.counter, path, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(codes);
  CU_ASSERT_EQUAL(codes->len, 1);
  await(table.shop.till->sale->lines->len == 1);
  CU_ASSERT_EQUAL(sale_line(table.shop.till->sale, 0)->product->id, IBUPROFEN);
  clear_table(&table);
}

static void
what_is_no_picture_is_refused(void)
{
  Table table;
  set_table(&table);
  g_autofree char *path = g_build_filename(table.shop.folder, "words.png", NULL);
  CU_ASSERT_TRUE(g_file_set_contents(path, "no picture", -1, NULL));
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(counter_scan_picture(table.counter, path, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
  CU_ASSERT_EQUAL(table.seen[WIRE_SCANNED], 0);
  clear_table(&table);
}

static void
a_receipt_is_told_once_with_its_bytes(void)
{
  Table table;
  set_table(&table);
  shop_scan_article(&table.shop, IBUPROFEN);
  pay_open(table.shop.till);
  pay_confirm(table.shop.till, "50");
  await(table.seen[WIRE_PRINTED] == 1);
  CU_ASSERT_TRUE(table.bytes > 100);
  CU_ASSERT_EQUAL(table.seen[WIRE_DRAWER_OPENED], 1);
  CU_ASSERT_TRUE(counter_drawer_is_open(table.counter));
  g_autofree char *text = counter_paper_text(table.counter);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "22.50"));
  g_autofree char *path = g_build_filename(table.shop.folder, "paper.png", NULL);
  CU_ASSERT_TRUE(counter_save_paper(table.counter, path, NULL));
  counter_push_drawer(table.counter);
  await(table.seen[WIRE_DRAWER_SHUT] == 1);
  counter_tear(table.counter);
  g_autofree char *torn = counter_paper_text(table.counter);
  CU_ASSERT_STRING_EQUAL(torn, "");
  clear_table(&table);
}

static void
switches_are_the_hardware_s(void)
{
  Table table;
  set_table(&table);
  counter_set_paper(table.counter, false);
  CU_ASSERT_FALSE(counter_has_paper(table.counter));
  await(device_state(table.shop.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  counter_set_paper(table.counter, true);
  counter_set_cover(table.counter, true);
  CU_ASSERT_TRUE(counter_cover_is_open(table.counter));
  await(device_state(table.shop.till->device[USE_PRINTER]) & DEVICE_COVER_OPEN);
  counter_set_cutter_jam(table.counter, true);
  CU_ASSERT_TRUE(counter_cutter_is_jammed(table.counter));
  counter_plug(table.counter, COUNTER_SCANNER, false);
  CU_ASSERT_FALSE(counter_is_plugged(table.counter, COUNTER_SCANNER));
  await(device_state(table.shop.till->device[USE_SCANNER]) & DEVICE_GONE);
  counter_reset(table.counter);
  CU_ASSERT_TRUE(counter_is_plugged(table.counter, COUNTER_SCANNER));
  CU_ASSERT_TRUE(counter_is_plugged(table.counter, COUNTER_PRINTER));
  CU_ASSERT_TRUE(counter_is_plugged(table.counter, COUNTER_ID_READER));
  CU_ASSERT_FALSE(counter_cutter_is_jammed(table.counter));
  clear_table(&table);
}

static void
a_card_is_read_with_its_number_masked(void)
{
  Table table;
  set_table(&table);
  CU_ASSERT_TRUE(counter_n_cards(table.counter) > 0);
  CU_ASSERT_PTR_NOT_NULL(counter_card_name(table.counter, 0));
  counter_lay_card(table.counter, 0);
  CU_ASSERT_EQUAL(counter_card(table.counter), 0);
  await(table.seen[WIRE_CARD_READ] == 1);
  CU_ASSERT_PTR_NOT_NULL(strstr(table.what, "***"));
  counter_lay_card(table.counter, -1);
  CU_ASSERT_EQUAL(counter_card(table.counter), -1);
  clear_table(&table);
}

static const CounterSample *
sample_of(GPtrArray *samples, SampleKind kind)
{
  for (guint i = 0; i < samples->len; i++) {
    const CounterSample *sample = samples->pdata[i];
    if (sample->kind == kind)
      return sample;
  }
  return NULL;
}

static void
samples_do_what_they_are_called(void)
{
  Table table;
  set_table(&table);
  g_autoptr(GPtrArray) samples = counter_samples(table.counter);
  const CounterSample *gs1 = sample_of(samples, SAMPLE_GS1);
  const CounterSample *bad = sample_of(samples, SAMPLE_BAD_CHECK);
  const CounterSample *pay = sample_of(samples, SAMPLE_PAYMENT);
  const CounterSample *trace = sample_of(samples, SAMPLE_TRACE);
  CU_ASSERT_PTR_NOT_NULL(sample_of(samples, SAMPLE_ARTICLE));
  CU_ASSERT_PTR_NOT_NULL(sample_of(samples, SAMPLE_BADGE));
  CU_ASSERT_TRUE_FATAL(gs1 && bad && pay && trace);
  g_auto(Barcode) one = barcode_read(gs1->code, strlen(gs1->code), BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(one.kind, BARCODE_GS1);
  CU_ASSERT_EQUAL(one.fault, BARCODE_OK);
  CU_ASSERT_STRING_EQUAL(one.lot, "A1");
  CU_ASSERT_EQUAL(one.expiry, 20280131);
  g_auto(Barcode) two = barcode_read(bad->code, strlen(bad->code), BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(two.fault, BARCODE_BAD_CHECK_DIGIT);
  g_auto(Barcode) three = barcode_read(pay->code, strlen(pay->code), BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(three.kind, BARCODE_PAY_CODE);
  g_auto(Barcode) four = barcode_read(trace->code, strlen(trace->code), BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(four.kind, BARCODE_TRACE);
  clear_table(&table);
}

static void
it_serves_only_tills_with_simulated_devices(void)
{
  Shop shop = shop_open();
  CU_ASSERT_TRUE(counter_serves(shop.till));
  const char *none[N_DEVICE_USES] = {"", "", "", "", "", "", "", "", ""};
  devices_open(shop.till, none);
  CU_ASSERT_FALSE(counter_serves(shop.till));
  shop_close(&shop);
}

TESTS("counter",
      TEST(a_scan_reaches_the_till_and_the_log),
      TEST(a_picture_with_one_code_is_scanned),
      TEST(what_is_no_picture_is_refused),
      TEST(a_receipt_is_told_once_with_its_bytes),
      TEST(switches_are_the_hardware_s),
      TEST(a_card_is_read_with_its_number_masked),
      TEST(samples_do_what_they_are_called),
      TEST(it_serves_only_tills_with_simulated_devices))
