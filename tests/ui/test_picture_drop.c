#include "ui/picture_drop.h"

#include <glib/gstdio.h>

#include "app/picturing.h"
#include "drivers/decode.h"
#include "tests/ui/harness.h"

#define WIDTH  600
#define HEIGHT 300

/* What another program puts onto the clipboard: an article's code as a picture. */
static GdkTexture *
texture_of(int article)
{
  char code[14];
  const char *text = shop_code(shop_ean(article), code);
  g_autoptr(SymbolModules) symbol = symbol_encode("EAN-13", text, strlen(text));
  guint8 *pixels = g_malloc(WIDTH * HEIGHT * 4);

  memset(pixels, 0xff, WIDTH * HEIGHT * 4);
  for (int y = 80; y < 200; y++)
    for (int x = 0; x < symbol->width * 3; x++)
      if (symbol->modules[x / 3])
        memset(pixels + (y * WIDTH + 80 + x) * 4, 0, 3);
  g_autoptr(GBytes) bytes = g_bytes_new_take(pixels, WIDTH * HEIGHT * 4);
  return gdk_memory_texture_new(
      WIDTH, HEIGHT, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, WIDTH * 4);
}

static GdkClipboard *
clipboard_of(Harness *harness)
{
  return gtk_widget_get_clipboard(GTK_WIDGET(harness->window));
}

static void
a_picture_on_the_clipboard_is_scanned(void)
{
  Harness harness = harness_open_sale("en");
  g_autoptr(GdkTexture) texture = texture_of(IBUPROFEN);
  gdk_clipboard_set_texture(clipboard_of(&harness), texture);
  harness_press(&harness, "<Control>v");
  await(harness.till->sale->lines->len == 1);
  harness_settle(&harness);
  CU_ASSERT_TRUE(harness_sees(&harness, "布洛芬缓释胶囊"));
  harness_close(&harness);
}

static void
a_copied_file_is_scanned_and_an_empty_one_says_so(void)
{
  Harness harness = harness_open_sale("zh_CN");
  g_autoptr(GdkTexture) texture = texture_of(VITAMIN);
  g_autofree char *path = g_build_filename(harness.shop.folder, "code.png", NULL);
  CU_ASSERT_TRUE(gdk_texture_save_to_png(texture, path));
  GSList files = {.data = g_file_new_for_path(path)};
  g_auto(GValue) value = G_VALUE_INIT;
  g_value_init(&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed(&value, &files);
  gdk_clipboard_set_value(clipboard_of(&harness), &value);
  harness_press(&harness, "<Shift>Insert");
  await(harness.till->sale->lines->len == 1);
  g_file_set_contents(path, "", 0, NULL);
  harness_press(&harness, "<Control>v");
  await(harness.till->notice.id == NOTICE_PICTURE_UNREADABLE);
  harness_settle(&harness);
  CU_ASSERT_TRUE(harness_sees(&harness, "这不是能读的图片"));
  harness_picture(&harness, "picture-unreadable-zh");
  g_object_unref(files.data);
  g_remove(path);
  harness_close(&harness);
}

static void
words_on_the_clipboard_belong_to_the_scan_box(void)
{
  Harness harness = harness_open_sale("en");
  gdk_clipboard_set_text(clipboard_of(&harness), "ckt");
  CU_ASSERT_FALSE(picture_drop_paste(GTK_WIDGET(harness.window), harness.till));
  gdk_clipboard_set_content(clipboard_of(&harness), NULL);
  CU_ASSERT_FALSE(picture_drop_paste(GTK_WIDGET(harness.window), harness.till));
  harness_close(&harness);
}

/* The controller that GTK hands a dropped thing to. */
static GtkDropTarget *
drop_target_of(GtkWidget *window)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(window);
  GtkDropTarget *target = NULL;
  for (guint i = 0; i < g_list_model_get_n_items(controllers); i++) {
    g_autoptr(GObject) controller = g_list_model_get_item(controllers, i);
    if (GTK_IS_DROP_TARGET(controller))
      target = GTK_DROP_TARGET(controller);
  }
  return target;
}

static void
a_picture_that_is_dropped_is_scanned(void)
{
  Harness harness = harness_open_sale("en");
  GtkDropTarget *target = drop_target_of(GTK_WIDGET(harness.window));
  CU_ASSERT_PTR_NOT_NULL_FATAL(target);
  g_autoptr(GdkTexture) texture = texture_of(VITAMIN);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;
  g_value_init(&value, GDK_TYPE_TEXTURE);
  g_value_set_object(&value, texture);
  g_signal_emit_by_name(target, "drop", &value, 10.0, 10.0, &taken);
  CU_ASSERT_TRUE(taken);
  await(harness.till->sale->lines->len == 1);
  CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->product->id, VITAMIN);
  harness_close(&harness);
}

TESTS("picture_drop",
      TEST(a_picture_on_the_clipboard_is_scanned),
      TEST(a_copied_file_is_scanned_and_an_empty_one_says_so),
      TEST(words_on_the_clipboard_belong_to_the_scan_box),
      TEST(a_picture_that_is_dropped_is_scanned))
