#include "app/counter.h"
#include "app/counter_samples.h"
#include "app/devices.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "app/card_reading.h"
#include "app/labelling.h"
#include "drivers/decode.h"
#include "tests/app/shop.h"

typedef struct {
  Shop shop;
  Counter *counter;
  int seen[N_WIRE_KINDS];
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

/* As "guitai --virtual-counter" does. */
static void
set_things(Table *table)
{
  static const char *const ADDRESSES[N_DEVICE_USES] = {[USE_SCANNER] = "sim-scanner:",
                                                       [USE_PRINTER] = "sim-printer:",
                                                       [USE_ID_READER] = "sim-id-reader:",
                                                       [USE_CARD_READER] = "sim-ccid:",
                                                       [USE_LABEL] = "sim-label:",
                                                       [USE_POLE] = "sim-pole:",
                                                       [USE_SCALE] = "sim-scale:"};
  set_table(table);
  Till *till = table->shop.till;
  devices_open(till, ADDRESSES);
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    if (ADDRESSES[use])
      await(!(device_state(till->device[use]) & DEVICE_GONE));
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

static void
a_card_laid_askew_is_read_when_it_is_laid_again(void)
{
  Table table;
  set_table(&table);
  counter_lay_card_askew(table.counter, 0);
  CU_ASSERT_EQUAL(table.seen[WIRE_CARD_ASKEW], 1);
  await(table.shop.till->notice.id == NOTICE_CARD_MISREAD);
  CU_ASSERT_EQUAL(table.seen[WIRE_CARD_READ], 0);
  counter_lay_card(table.counter, -1);
  counter_lay_card(table.counter, 0);
  await(table.seen[WIRE_CARD_READ] == 1);
  clear_table(&table);
}

static void
a_code_that_nobody_knows_makes_the_scanner_beep(void)
{
  Table table;
  char code[14];
  set_table(&table);
  shop_code("690999999999", code);
  counter_scan(table.counter, code, strlen(code));
  await(table.seen[WIRE_BEEPED] == 1);
  clear_table(&table);
}

static void
labels_come_out_and_are_told(void)
{
  Table table;
  set_things(&table);
  labelling_test(table.shop.till);
  await(table.seen[WIRE_LABELLED] == 1);
  CU_ASSERT_STRING_EQUAL(table.what, "1");
  CU_ASSERT_EQUAL(counter_n_labels(table.counter), 1);
  g_autofree char *text = counter_label_text(table.counter);
  CU_ASSERT_STRING_NOT_EQUAL(text, "");
  g_autofree char *path = g_build_filename(table.shop.folder, "label.png", NULL);
  CU_ASSERT_TRUE(counter_save_label(table.counter, path, NULL));
  counter_tear_labels(table.counter);
  CU_ASSERT_EQUAL(table.seen[WIRE_TORN], 1);
  CU_ASSERT_EQUAL(counter_n_labels(table.counter), 0);
  CU_ASSERT_FALSE(counter_save_label(table.counter, path, NULL));
  clear_table(&table);
}

static void
a_label_printer_runs_out_opens_and_is_pulled(void)
{
  Table table;
  set_things(&table);
  const Device *labels = table.shop.till->device[USE_LABEL];
  counter_set_labels(table.counter, false);
  CU_ASSERT_FALSE(counter_has_labels(table.counter));
  await(device_state(labels) & DEVICE_PAPER_OUT);
  counter_set_labels(table.counter, true);
  counter_set_head(table.counter, true);
  CU_ASSERT_TRUE(counter_head_is_open(table.counter));
  await(device_state(labels) & DEVICE_COVER_OPEN);
  counter_set_head(table.counter, false);
  await(!(device_state(labels) & (DEVICE_COVER_OPEN | DEVICE_PAPER_OUT)));
  counter_plug(table.counter, COUNTER_LABELS, false);
  await(device_state(labels) & DEVICE_GONE);
  CU_ASSERT_EQUAL(table.seen[WIRE_LABELS_OUT], 1);
  CU_ASSERT_EQUAL(table.seen[WIRE_LABELS_IN], 1);
  CU_ASSERT_EQUAL(table.seen[WIRE_HEAD_OPENED], 1);
  CU_ASSERT_EQUAL(table.seen[WIRE_HEAD_SHUT], 1);
  CU_ASSERT_EQUAL(table.seen[WIRE_UNPLUGGED], 1);
  clear_table(&table);
}

static void
the_customer_s_display_is_told_as_it_shows(void)
{
  Table table;
  set_things(&table);
  shop_scan_article(&table.shop, IBUPROFEN);
  await(table.seen[WIRE_SHOWN] > 0 && table.what && strstr(table.what, "22.50"));
  g_autofree char *text = counter_pole_text(table.counter);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "22.50"));
  int shown = table.seen[WIRE_SHOWN];
  counter_plug(table.counter, COUNTER_POLE, false);
  g_autofree char *dark = counter_pole_text(table.counter);
  CU_ASSERT_STRING_EQUAL(dark, "\n\n");
  await(device_state(table.shop.till->device[USE_POLE]) & DEVICE_GONE);
  CU_ASSERT_EQUAL(table.seen[WIRE_SHOWN], shown);
  clear_table(&table);
}

static void
a_weight_reaches_the_till(void)
{
  Table table;
  set_things(&table);
  const ScaleReading *read = &table.shop.till->backroom->weight;
  counter_lay_weight(table.counter, 63500);
  CU_ASSERT_EQUAL(table.seen[WIRE_WEIGHED], 1);
  CU_ASSERT_STRING_EQUAL(table.what, "63.5");
  CU_ASSERT_EQUAL(counter_weight(table.counter), 63500);
  await(read->status == SCALE_STABLE && read->weight_mg >= 63000);
  counter_shake_scale(table.counter, true);
  CU_ASSERT_TRUE(counter_scale_is_shaken(table.counter));
  await(read->status == SCALE_MOVES);
  counter_shake_scale(table.counter, false);
  CU_ASSERT_EQUAL(table.seen[WIRE_SHAKEN], 1);
  CU_ASSERT_EQUAL(table.seen[WIRE_STILL], 1);
  counter_lay_weight(table.counter, 0);
  await(read->status == SCALE_ZERO);
  clear_table(&table);
}

static void
a_chip_card_goes_in_and_out(void)
{
  Table table;
  set_things(&table);
  CU_ASSERT_TRUE(counter_n_chips(table.counter) > 1);
  CU_ASSERT_STRING_NOT_EQUAL(counter_chip_name(table.counter, 0), "");
  counter_put_chip(table.counter, 0);
  CU_ASSERT_EQUAL(counter_chip(table.counter), 0);
  CU_ASSERT_EQUAL(table.seen[WIRE_CHIP_IN], 1);
  CU_ASSERT_PTR_NULL(table.what);
  await(table.shop.till->backroom->place[USE_CARD_READER].heard_us > 0);
  counter_put_chip(table.counter, -1);
  CU_ASSERT_EQUAL(counter_chip(table.counter), -1);
  CU_ASSERT_EQUAL(table.seen[WIRE_CHIP_OUT], 1);
  clear_table(&table);
}

static void
a_reset_puts_everything_in_order(void)
{
  Table table;
  set_things(&table);
  const ScaleReading *read = &table.shop.till->backroom->weight;
  shop_scan_article(&table.shop, IBUPROFEN);
  await(table.what && strstr(table.what, "22.50"));
  counter_set_labels(table.counter, false);
  counter_lay_weight(table.counter, 10000);
  await(read->weight_mg == 10000);
  counter_shake_scale(table.counter, true);
  counter_put_chip(table.counter, 1);
  for (CounterDevice device = COUNTER_CHIP_READER; device <= COUNTER_SCALE; device++)
    counter_plug(table.counter, device, false);
  counter_reset(table.counter);
  for (CounterDevice device = COUNTER_CHIP_READER; device <= COUNTER_SCALE; device++)
    CU_ASSERT_TRUE(counter_is_plugged(table.counter, device));
  CU_ASSERT_TRUE(counter_has_labels(table.counter));
  CU_ASSERT_EQUAL(counter_weight(table.counter), 0);
  CU_ASSERT_FALSE(counter_scale_is_shaken(table.counter));
  CU_ASSERT_EQUAL(counter_chip(table.counter), -1);
  await(read->status == SCALE_ZERO);
  await(table.what && strstr(table.what, "22.50")); /* the display shows it again */
  clear_table(&table);
}

static void
a_reset_does_not_leave_the_display_dark(void)
{
  Table table;
  set_things(&table);
  shop_scan_article(&table.shop, IBUPROFEN);
  await(table.what && strstr(table.what, "22.50"));
  int shown = table.seen[WIRE_SHOWN];
  counter_reset(table.counter);
  await(table.seen[WIRE_SHOWN] == shown + 1);
  CU_ASSERT_PTR_NOT_NULL(strstr(table.what, "22.50"));
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
  g_autoptr(GPtrArray) samples = counter_samples(table.shop.till);
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
      TEST(a_card_laid_askew_is_read_when_it_is_laid_again),
      TEST(a_code_that_nobody_knows_makes_the_scanner_beep),
      TEST(labels_come_out_and_are_told),
      TEST(a_label_printer_runs_out_opens_and_is_pulled),
      TEST(the_customer_s_display_is_told_as_it_shows),
      TEST(a_weight_reaches_the_till),
      TEST(a_chip_card_goes_in_and_out),
      TEST(a_reset_puts_everything_in_order),
      TEST(a_reset_does_not_leave_the_display_dark),
      TEST(samples_do_what_they_are_called),
      TEST(it_serves_only_tills_with_simulated_devices))
