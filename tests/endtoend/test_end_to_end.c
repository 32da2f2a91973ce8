/* The real program in its window, against devices on the bus of another process: this
 * one. What is plugged in is taken by the till itself; nothing is set up but a wedge,
 * which somebody has to pair first. */
#include "db/duty_store.h"
#include "db/setting_store.h"
#include "drivers/usb.h"
#include "tests/app/shop.h"
#include "tests/endtoend/outside.h"
#include "tests/usb/vbus.h"
#include "tests/usb/vdev_id_reader.h"
#include "tests/usb/vdev_printer.h"
#include "tests/usb/vdev_scanner.h"

#define CUT            "8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8<"
#define SWEETS         "无糖薄荷润喉糖"
#define EPHEDRINE_NAME "氨酚伪麻那敏片"

typedef struct {
  Shop shop; /* its till is closed: the program has the folder */
  Vbus *bus;
  Outside *till;
} Table;

/* The program goes by the wall's clock: the pharmacist is on duty since now. */
static void
prepare(const char *folder, const char *scanner)
{
  g_autofree char *path = folder_path(folder, "store.db");
  g_autoptr(Db) store = db_open(path, "store", DB_WRITER, NULL);
  Duty here = {.staff = (char *)"0205",
               .here = true,
               .scopes = SCOPE_ANY,
               .at_us = g_get_real_time()};
  CU_ASSERT_TRUE_FATAL(duty_store_hear(store, &here, NULL));
  if (scanner)
    CU_ASSERT_TRUE_FATAL(setting_store_set(store, "scanner", scanner, NULL));
}

/* @scanner: (nullable) the address of a paired one. */
static Table
table_set(const char *scanner)
{
  Table table = {shop_open(), NULL, NULL};
  g_clear_pointer(&table.shop.till, till_free);
  usb_stop();
  prepare(table.shop.folder, scanner);
  table.bus = vbus_start(&VBUS_UMOCKDEV);
  return table;
}

static void
sign_in_clerk(Outside *till)
{
  CU_ASSERT_TRUE(outside_says(till, "Staff number"));
  outside_type(till, "0312");
  outside_key(till, "Return");
  CU_ASSERT_TRUE(outside_says(till, "PIN"));
  outside_type(till, "3120");
  outside_key(till, "Return");
  CU_ASSERT_TRUE(outside_says(till, "Sign out\n张三"));
}

/* After what is to be there from the beginning was plugged in. */
static void
table_open(Table *table)
{
  const char *const more[] = {"--lang", "en", NULL};
  table->till = outside_start(GUITAI, table->shop.folder, more);
  CU_ASSERT_PTR_NOT_NULL_FATAL(table->till);
  sign_in_clerk(table->till);
}

static void
table_clear(Table *table)
{
  outside_end(table->till);
  vbus_stop(table->bus);
  shop_close(&table->shop);
}

/* Until the program has opened what is plugged in there. */
static void
await_opened(Table *table, VbusPlug *plug)
{
  gint64 until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
  while (vbus_open_count(plug) == 0 && g_get_monotonic_time() < until)
    vbus_turn(table->bus);
  CU_ASSERT_NOT_EQUAL(vbus_open_count(plug), 0);
}

static const char *
code_of(int article, char ret[14])
{
  return shop_code(shop_ean(article), ret);
}

static VdevPrinter *
plug_printer(Table *table, VbusPlug **ret_plug)
{
  static const VdevPrinterKind POS80 = {.vendor = 0x0416,
                                        .product = 0x5011,
                                        .shape = PRINTER_TWO_WAY,
                                        .id = "MFG:POS;MDL:POS80;CMD:ESC/POS;"};
  VdevPrinter *printer = vdev_printer_new(&POS80);
  *ret_plug = vbus_plug(table->bus, vdev_printer_vdev(printer), "1-3");
  return printer;
}

static char *
paper_text(VdevPrinter *printer)
{
  char *text = printer_model_text(vdev_printer_begin(printer));
  vdev_printer_end(printer);
  return text;
}

static int
count_of(const char *text, const char *what)
{
  int n = 0;
  for (const char *at = text; (at = strstr(at, what)) != NULL; at += strlen(what))
    n++;
  return n;
}

/* Waits until @what is on the paper @times times. */
static bool
comes_out(VdevPrinter *printer, const char *what, int times)
{
  gint64 until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
  while (g_get_monotonic_time() < until) {
    g_autofree char *text = paper_text(printer);
    if (count_of(text, what) == times)
      return true;
    g_usleep(20000);
  }
  g_autofree char *text = paper_text(printer);
  g_printerr("\"%s\" is not %d times in:\n%s\n", what, times, text);
  return false;
}

static void
pay(Outside *till)
{
  outside_key(till, "F12");
  CU_ASSERT_TRUE(outside_says(till, "Confirm"));
  outside_type(till, "20");
  outside_key(till, "F12");
  CU_ASSERT_TRUE(outside_says(till, "Change"));
}

/* -- Scanners ---------------------------------------------------------------------- */

static void
a_scanner_plugged_in_while_the_till_runs_scans_at_once(void)
{
  Table table = table_set(NULL);
  char code[14];
  table_open(&table);
  VdevScanner *scanner = vdev_scanner_new(SCANNER_HID_POS);
  VbusPlug *plug = vbus_plug(table.bus, vdev_scanner_device(scanner), "1-2");
  CU_ASSERT_TRUE(outside_says(table.till, "connected"));
  await_opened(&table, plug);
  vdev_scanner_scan(scanner, "]E0", code_of(NO_LOTS, code));
  CU_ASSERT_TRUE(outside_says(table.till, SWEETS));
  table_clear(&table);
  vdev_scanner_free(scanner);
}

static void
a_wedge_types_nothing_into_the_entry_that_has_the_keyboard(void)
{
  Table table = table_set("wedge:usb:1eab:0c03@1-2");
  char code[14];
  VdevScanner *scanner = vdev_scanner_new(SCANNER_WEDGE);
  VbusPlug *plug = vbus_plug(table.bus, vdev_scanner_device(scanner), "1-2");
  table_open(&table);
  outside_type(table.till, "v"); /* half a word stands in the scan box */
  await_opened(&table, plug);
  vdev_scanner_scan(scanner, NULL, code_of(NO_LOTS, code));
  CU_ASSERT_TRUE(outside_says(table.till, SWEETS));
  g_autofree char *text = outside_focused_text(table.till);
  CU_ASSERT_PTR_NULL(text ? strstr(text, code) : NULL);
  /* The kernel's keyboard driver is out of the way, which is what keeps keys away. */
  g_autofree char *driver = vbus_driver(plug, 0);
  CU_ASSERT_STRING_EQUAL(driver, "usbfs");
  table_clear(&table);
  vdev_scanner_free(scanner);
}

/* -- The card reader --------------------------------------------------------------- */

static void
an_article_that_wants_a_name_has_the_card_read(void)
{
  Table table = table_set(NULL);
  char code[14];
  VdevScanner *scanner = vdev_scanner_new(SCANNER_HID_POS);
  VdevIdReader *reader = vdev_id_reader_new(VDEV_ID_FOUR);
  VbusPlug *plug = vbus_plug(table.bus, vdev_scanner_device(scanner), "1-2");
  VbusPlug *reading = vbus_plug(table.bus, vdev_id_reader_vdev(reader), "1-4");
  table_open(&table);
  await_opened(&table, plug);
  await_opened(&table, reading);
  vdev_scanner_scan(scanner, "]E0", code_of(EPHEDRINE, code));
  CU_ASSERT_TRUE(outside_says(table.till, EPHEDRINE_NAME));
  CU_ASSERT_TRUE(outside_says(table.till, "Lay the buyer's ID card on the reader"));
  vdev_id_reader_lay(reader, 0);
  CU_ASSERT_TRUE(outside_says(table.till, "ID card read"));
  table_clear(&table);
  vdev_scanner_free(scanner);
  vdev_id_reader_free(reader);
}

/* -- The printer ------------------------------------------------------------------- */

/* The printed bytes with the sale's moment taken out; both stay as long. */
static GBytes *
printed_but_its_time(VdevPrinter *printer)
{
  g_autoptr(GBytes) bytes = printer_model_printed(vdev_printer_begin(printer));
  vdev_printer_end(printer);
  gsize length = g_bytes_get_size(bytes);
  g_autofree char *copy = g_memdup2(g_bytes_get_data(bytes, NULL), length);
  for (gsize i = 0; i + 16 < length; i++)
    if (memcmp(copy + i, "20", 2) == 0 && copy[i + 4] == '-' && copy[i + 13] == ':')
      memcpy(copy + i, "YYYY-MM-DD hh:mm", 16);
  return g_bytes_new_take(g_steal_pointer(&copy), length);
}

static void
ring_up(Table *table, VdevScanner *scanner)
{
  char code[14];
  vdev_scanner_scan(scanner, "]E0", code_of(NO_LOTS, code));
  CU_ASSERT_TRUE(outside_says(table->till, SWEETS));
}

static void
the_bytes_at_the_printer_are_those_of_the_golden_receipt(void)
{
  Table table = table_set(NULL);
  VbusPlug *printing;
  VdevScanner *scanner = vdev_scanner_new(SCANNER_HID_POS);
  VbusPlug *plug = vbus_plug(table.bus, vdev_scanner_device(scanner), "1-2");
  VdevPrinter *printer = plug_printer(&table, &printing);
  g_autofree char *golden = NULL;
  gsize length = 0;
  CU_ASSERT_TRUE_FATAL(
      g_file_get_contents(GOLDEN "/receipt-counter-48.bin", &golden, &length, NULL));
  table_open(&table);
  await_opened(&table, plug);
  await_opened(&table, printing);
  ring_up(&table, scanner);
  pay(table.till);
  CU_ASSERT_TRUE(comes_out(printer, CUT, 1));
  g_autoptr(GBytes) printed = printed_but_its_time(printer);
  g_autoptr(GBytes) wanted = g_bytes_new(golden, length);
  CU_ASSERT_TRUE(g_bytes_equal(printed, wanted));
  table_clear(&table);
  vdev_scanner_free(scanner);
  vdev_printer_free(printer);
}

static void
a_receipt_cut_short_by_the_paper_comes_once_more_whole(void)
{
  Table table = table_set(NULL);
  VbusPlug *printing;
  VdevScanner *scanner = vdev_scanner_new(SCANNER_HID_POS);
  VbusPlug *plug = vbus_plug(table.bus, vdev_scanner_device(scanner), "1-2");
  VdevPrinter *printer = plug_printer(&table, &printing);
  table_open(&table);
  await_opened(&table, plug);
  await_opened(&table, printing);
  printer_model_set_paper_left(vdev_printer_begin(printer), 30);
  vdev_printer_end(printer);
  ring_up(&table, scanner);
  pay(table.till);
  CU_ASSERT_TRUE(outside_says(table.till, "The printer has no paper"));
  printer_model_load_paper(vdev_printer_begin(printer), true);
  vdev_printer_end(printer);
  CU_ASSERT_TRUE(comes_out(printer, "COPY 1", 1));
  CU_ASSERT_TRUE(comes_out(printer, SWEETS, 1));
  CU_ASSERT_TRUE(comes_out(printer, CUT, 1));
  table_clear(&table);
  vdev_scanner_free(scanner);
  vdev_printer_free(printer);
}

static void
a_printer_pulled_and_put_back_prints_what_waited(void)
{
  Table table = table_set(NULL);
  VbusPlug *printing;
  VdevScanner *scanner = vdev_scanner_new(SCANNER_HID_POS);
  VbusPlug *plug = vbus_plug(table.bus, vdev_scanner_device(scanner), "1-2");
  VdevPrinter *printer = plug_printer(&table, &printing);
  table_open(&table);
  await_opened(&table, plug);
  await_opened(&table, printing);
  vbus_unplug(printing);
  ring_up(&table, scanner);
  pay(table.till);
  CU_ASSERT_TRUE(outside_says(table.till, "The printer does not answer"));
  vbus_plug(table.bus, vdev_printer_vdev(printer), "1-3");
  CU_ASSERT_TRUE(comes_out(printer, SWEETS, 1));
  CU_ASSERT_TRUE(comes_out(printer, CUT, 1));
  table_clear(&table);
  vdev_scanner_free(scanner);
  vdev_printer_free(printer);
}

TESTS("end to end",
      TEST(a_scanner_plugged_in_while_the_till_runs_scans_at_once),
      TEST(a_wedge_types_nothing_into_the_entry_that_has_the_keyboard),
      TEST(an_article_that_wants_a_name_has_the_card_read),
      TEST(the_bytes_at_the_printer_are_those_of_the_golden_receipt),
      TEST(a_receipt_cut_short_by_the_paper_comes_once_more_whole),
      TEST(a_printer_pulled_and_put_back_prints_what_waited))
