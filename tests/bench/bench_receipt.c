#include <cairo.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "app/domain/receipt.h"
#include "drivers/device.h"
#include "drivers/escpos.h"
#include "drivers/printer.h"
#include "drivers/sim/printer_model.h"
#include "tests/bench/bench.h"

#define RECEIPTS 500
#define LINES    40
#define SENDS    200

/* -- A receipt of forty Chinese lines ------------------------------------------------ */

static const char *const WORDS[N_RECEIPT_WORDS] = {"票号",
                                                   "时间",
                                                   "款台",
                                                   "店员",
                                                   "批号",
                                                   "有效期至",
                                                   "厂家",
                                                   "优惠",
                                                   "抹零",
                                                   "合计",
                                                   "件",
                                                   "找零",
                                                   "实收",
                                                   "重印",
                                                   "药品除质量原因外，一经售出不退换",
                                                   "请保留小票作为凭证",
                                                   "保健食品不能代替药物",
                                                   "单价",
                                                   "数量",
                                                   "金额",
                                                   "练习，不作凭证",
                                                   "应收"};
static const char *const TENDERS[TENDER_OTHER + 1] = {[TENDER_CASH] = "现金"};

static Sale *
sale_of(int articles)
{
  Sale *sale = sale_new("0123456789abcdef0123456789abcdef", 0);
  for (int i = 0; i < articles; i++) {
    g_autoptr(Product) product = product_new();
    g_autoptr(Lot) lot = lot_new();
    product->id = i + 1;
    product->generic_name = g_strdup("复方氨酚烷胺胶囊");
    product->trade_name = g_strdup("感康");
    product->spec = g_strdup("12粒×2板");
    product->maker = g_strdup("吉林省吴太感康药业有限公司");
    product->legal_class = CLASS_OTC_A;
    ProductUnit *unit = product_add_unit(product, "盒", 1);
    unit->price = 1850 + i;
    lot->lot_no = g_strdup_printf("23%04d", i);
    lot->expiry = 20270831;
    sale_add(sale, product, unit, 2, lot);
  }
  return sale;
}

static GBytes *
receipt_bytes(const Sale *sale, const EscposProfile *profile, char **ret_text)
{
  SaleTotals totals = sale_totals(sale, 1);
  g_autoptr(Payment) payment = payment_new(totals.due);
  payment_add(payment, TENDER_CASH, totals.due, NULL);
  ReceiptFacts facts = {.store_name = "和平路店",
                        .store_address = "和平路 12 号",
                        .store_phone = "",
                        .till_code = "03",
                        .number = "0123-03-e1-000457",
                        .time = "2026-11-22 09:41",
                        .clerk = "0312 张三",
                        .sale = sale,
                        .round_step = 1,
                        .payment = payment,
                        .words = WORDS,
                        .tender_names = TENDERS};
  g_autoptr(Document) document = receipt_compose(&facts);
  if (ret_text)
    *ret_text = document_to_text(document, profile->columns);
  return escpos_encode(document, profile);
}

/* Its floor: the same text turned into the printer's bytes in one go. */
static void
bench_compose(const Bench *bench)
{
  g_autoptr(Sale) sale = sale_of(LINES / 4);
  const EscposProfile *profile = escpos_profile("generic-80");
  g_autofree char *text = NULL;
  g_autoptr(GBytes) warm = receipt_bytes(sale, profile, &text);
  BenchTimes ours, floor;

  bench_times_init(&ours);
  bench_times_init(&floor);
  for (int i = bench_times_to_run(bench, RECEIPTS); i > 0; i--) {
    int64_t begun = bench_now_ns();
    g_autoptr(GBytes) bytes = receipt_bytes(sale, profile, NULL);
    bench_times_add(&ours, begun);
    begun = bench_now_ns();
    g_autofree char *gb = g_convert(text, -1, "GB18030", "UTF-8", NULL, NULL, NULL);
    bench_times_add(&floor, begun);
  }
  bench_tell("receipt.compose.p50",
             bench_times_us(&ours, 0.5),
             "us",
             bench_times_us(&floor, 0.5),
             false);
  bench_tell("receipt.compose.p99",
             bench_times_us(&ours, 0.99),
             "us",
             bench_times_us(&floor, 0.99),
             false);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
}

/* -- A line that the printer's fonts lack -------------------------------------------- */

#define RARE "刘䶮 㐀㙍䶮𬬭𫟹 复方氨酚烷胺胶囊 é ½ 12粒×2板"

/* Its floor: Pango lays the line out and Cairo draws it, whole. */
static void
draw_bare(PangoLayout *layout, cairo_t *cr)
{
  pango_layout_set_text(layout, RARE, -1);
  pango_cairo_show_layout(cr, layout);
}

static void
time_drawing(int times, BenchTimes *ours, BenchTimes *floor)
{
  g_autoptr(Document) document = document_new("rare");
  const EscposProfile *profile = escpos_profile("generic-80");
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 576, 30);
  cairo_t *cr = cairo_create(surface);
  g_autoptr(PangoLayout) layout = pango_cairo_create_layout(cr);
  PangoFontDescription *face =
      pango_font_description_from_string("Noto Sans Mono CJK SC");

  pango_font_description_set_absolute_size(face, 24 * PANGO_SCALE);
  pango_layout_set_font_description(layout, face);
  document_text(document, DOC_NORMAL, ALIGN_LEFT, RARE);
  g_autoptr(GBytes) warm = escpos_encode(document, profile);
  draw_bare(layout, cr);
  for (; times > 0; times--) {
    int64_t begun = bench_now_ns();
    g_autoptr(GBytes) bytes = escpos_encode(document, profile);
    bench_times_add(ours, begun);
    begun = bench_now_ns();
    draw_bare(layout, cr);
    bench_times_add(floor, begun);
  }
  pango_font_description_free(face);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
}

static void
bench_raster(const Bench *bench)
{
  BenchTimes ours, floor;

  bench_times_init(&ours);
  bench_times_init(&floor);
  time_drawing(bench_times_to_run(bench, RECEIPTS), &ours, &floor);
  bench_tell("receipt.drawn_line.p50",
             bench_times_us(&ours, 0.5),
             "us",
             bench_times_us(&floor, 0.5),
             false);
  bench_tell("receipt.drawn_line.p99",
             bench_times_us(&ours, 0.99),
             "us",
             bench_times_us(&floor, 0.99),
             false);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
}

/* -- The first byte on the wire -------------------------------------------------------
 */

typedef struct {
  PrinterModel *model; /* owned */
  Printer *printer;    /* owned */
  bool is_bare;        /* nothing but the way to the device's thread */
} Cable;

/* Set by the device's thread when the first byte of a job came. */
static int64_t first_ns;

static void
note_first(void)
{
  int64_t unset = 0;
  __atomic_compare_exchange_n(
      &first_ns, &unset, bench_now_ns(), false, __ATOMIC_RELEASE, __ATOMIC_RELAXED);
}

static gssize
cable_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Cable *cable = end;
  if (length > 2 && bytes[0] == 0x1b && bytes[1] == 0x40)
    note_first();
  return (gssize)printer_model_take(cable->model, bytes, length, g_get_monotonic_time());
}

static gssize
cable_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Cable *cable = end;
  return (gssize)printer_model_answer(cable->model, bytes, room, g_get_monotonic_time());
}

static int64_t
cable_now_us(gpointer end)
{
  return g_get_monotonic_time();
}

static const Wire CABLE_WIRE = {cable_write, cable_read, cable_now_us};

static gpointer
cable_open(const char *address, GError **error)
{
  Cable *cable = g_new0(Cable, 1);
  cable->model = printer_model_new(48, 576);
  cable->printer = printer_new(&CABLE_WIRE, cable);
  cable->is_bare = g_str_equal(address, "bare:");
  return cable;
}

static bool
cable_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  Cable *cable = self;
  if (cable->is_bare)
    note_first();
  return cable->is_bare || printer_print(cable->printer, bytes, state, error);
}

static GBytes *
cable_listen(gpointer self, DeviceState *state, GError **error)
{
  Cable *cable = self;
  if (!cable->is_bare)
    printer_look(cable->printer, state, error);
  return NULL;
}

static void
cable_close(gpointer self)
{
  Cable *cable = self;
  printer_free(cable->printer);
  printer_model_free(cable->model);
  g_free(cable);
}

static const DeviceDriver CABLE = {
    "cable", 1000, cable_open, cable_command, cable_listen, cable_close};

typedef struct {
  bool is_ready, is_done;
} Seen;

static void
on_device(Device *device, const DeviceEvent *event, gpointer data)
{
  Seen *seen = data;
  seen->is_ready |= event->kind == DEVICE_STATE && !(event->state & DEVICE_GONE);
  seen->is_done |= event->kind == DEVICE_DONE;
}

static void
time_first_byte(const char *address, int times, BenchTimes *ret)
{
  Seen seen = {false, false};
  g_autoptr(Sale) sale = sale_of(LINES / 4);
  const EscposProfile *profile = escpos_profile("generic-80");
  g_autoptr(Device) device = device_open_with(&CABLE, address, on_device, &seen);

  while (!seen.is_ready)
    g_main_context_iteration(NULL, TRUE);
  for (; times > 0; times--) {
    __atomic_store_n(&first_ns, 0, __ATOMIC_RELEASE);
    seen.is_done = false;
    int64_t begun = bench_now_ns();
    g_autoptr(GBytes) bytes = g_str_equal(address, "bare:")
                                  ? g_bytes_new_static("", 0)
                                  : receipt_bytes(sale, profile, NULL);
    device_send(device, bytes, 1);
    while (!seen.is_done)
      g_main_context_iteration(NULL, TRUE);
    int64_t ns = __atomic_load_n(&first_ns, __ATOMIC_ACQUIRE) - begun;
    g_array_append_val(ret->ns, ns);
  }
}

/* From the committed sale to the receipt's first byte on its way to a printer that
 * answers. Its floor: an empty command's way to the device's thread. */
static void
bench_first_byte(const Bench *bench)
{
  BenchTimes ours, floor;
  int times = bench_times_to_run(bench, SENDS);

  bench_times_init(&ours);
  bench_times_init(&floor);
  time_first_byte("cable:", times, &ours);
  time_first_byte("bare:", times, &floor);
  bench_tell("receipt.first_byte.p50",
             bench_times_us(&ours, 0.5),
             "us",
             bench_times_us(&floor, 0.5),
             false);
  bench_tell("receipt.first_byte.p99",
             bench_times_us(&ours, 0.99),
             "us",
             bench_times_us(&floor, 0.99),
             false);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
}

void
bench_receipt(const Bench *bench)
{
  bench_compose(bench);
  bench_raster(bench);
  bench_first_byte(bench);
}
