#include "app/picturing.h"

#include <glib/gstdio.h>

#include "app/devices.h"
#include "drivers/camera.h"
#include "drivers/decode.h"
#include "drivers/grey_jpeg.h"
#include "tests/app/shop.h"

/* A picture of codes side by side, as pixels and as a file in the shop's folder. */
typedef struct {
  GreyPicture *grey; /* owned */
  int used;          /* from the left */
} Board;

static Board
board_new(void)
{
  return (Board){grey_picture_new(1600, 400), 40};
}

static void
board_add(Board *board, const char *symbology, const char *content)
{
  g_autoptr(SymbolModules) symbol = symbol_encode(symbology, content, strlen(content));
  CU_ASSERT_PTR_NOT_NULL_FATAL(symbol);
  int down = symbol->height == 1 ? 120 : symbol->height * 3;

  for (int y = 0; y < down; y++)
    for (int x = 0; x < symbol->width * 3; x++) {
      int row = symbol->height == 1 ? 0 : y / 3;
      if (symbol->modules[row * symbol->width + x / 3])
        board->grey->pixels[(140 + y) * 1600 + board->used + x] = 0;
    }
  board->used += symbol->width * 3 + 80;
}

static char *
board_save(Board *board, Shop *shop)
{
  char *path = g_build_filename(shop->folder, "dropped.jpg", NULL);
  g_autoptr(GBytes) jpeg = grey_jpeg_encode(board->grey, 90);
  gsize length;
  const char *bytes = g_bytes_get_data(jpeg, &length);

  CU_ASSERT_FATAL(g_file_set_contents(path, bytes, (gssize)length, NULL));
  grey_picture_free(board->grey);
  return path;
}

/* Drops the board's file and waits for what comes of it. */
static void
drop(Shop *shop, Board *board)
{
  g_autofree char *path = board_save(board, shop);
  guint lines = shop->till->sale->lines->len;

  till_clear_notice(shop->till);
  picturing_file(shop->till, path);
  CU_ASSERT_EQUAL(shop->till->sale->lines->len, lines); /* it does not wait for it */
  await(shop->till->notice.id != NOTICE_NOTHING || shop->till->sale->lines->len > lines);
  g_remove(path);
}

static void
add_article(Board *board, int id)
{
  char code[14];
  board_add(board, "EAN-13", shop_code(shop_ean(id), code));
}

static void
a_code_in_a_dropped_picture_is_a_scan(void)
{
  Shop shop = shop_open();
  Board board = board_new();
  shop_sign_in(&shop);
  add_article(&board, IBUPROFEN);
  drop(&shop, &board);
  CU_ASSERT_EQUAL(shop.till->sale->lines->len, 1);
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 0)->product->id, IBUPROFEN);
  shop_close(&shop);
}

static void
codes_of_several_articles_are_listed_to_choose_from(void)
{
  Shop shop = shop_open();
  Board board = board_new();
  shop_sign_in(&shop);
  add_article(&board, IBUPROFEN);
  add_article(&board, VITAMIN);
  drop(&shop, &board);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PICTURE_CHOOSE);
  CU_ASSERT_EQUAL(shop.till->notice.number, 2);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SEARCH);
  CU_ASSERT_EQUAL(shop.till->found->len, 2);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  shop_close(&shop);
}

static void
codes_that_name_one_article_are_one_scan(void)
{
  Shop shop = shop_open();
  Board board = board_new();
  char code[14];
  shop_sign_in(&shop);
  add_article(&board, IBUPROFEN);
  g_autofree char *case_code =
      g_strconcat("0", shop_code(shop_ean(IBUPROFEN), code), NULL);
  board_add(&board, "ITF", case_code);
  drop(&shop, &board);
  CU_ASSERT_EQUAL(shop.till->sale->lines->len, 1);
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 0)->quantity, 20);
  shop_close(&shop);
}

static void
codes_of_nothing_that_is_sold_are_told(void)
{
  Shop shop = shop_open();
  Board board = board_new();
  shop_sign_in(&shop);
  board_add(&board, "QRCode", "https://example.cn/1");
  board_add(&board, "Code128", "PALLET-7");
  drop(&shop, &board);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PICTURE_SEVERAL);
  CU_ASSERT_EQUAL(shop.till->notice.number, 2);
  CU_ASSERT_PTR_NOT_NULL(strstr(shop.till->notice.what, "PALLET-7"));
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  shop_close(&shop);
}

static void
an_empty_picture_says_so(void)
{
  Shop shop = shop_open();
  Board board = board_new();
  shop_sign_in(&shop);
  drop(&shop, &board);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PICTURE_EMPTY);
  shop_close(&shop);
}

static const struct {
  const char *bytes;
  gsize length;
  NoticeId notice;
} BAD[] = {
    {"no picture", 10, NOTICE_PICTURE_UNREADABLE},
    {"", 0, NOTICE_PICTURE_UNREADABLE},
    {"\xff\xd8\xff\xe0 cut off", 12, NOTICE_PICTURE_BROKEN},
    {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\0\0\0\0....",
     33,
     NOTICE_PICTURE_BROKEN},
    {"BM....\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\0\0\xff\xff\0\0\1\0\x18\0"
     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
     54,
     NOTICE_PICTURE_TOO_LARGE},
};

static void
what_is_no_picture_is_refused_with_what_to_do(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  for (gsize i = 0; i < G_N_ELEMENTS(BAD); i++) {
    g_autofree char *path = g_build_filename(shop.folder, "bad", NULL);
    g_file_set_contents(path, BAD[i].bytes, (gssize)BAD[i].length, NULL);
    till_clear_notice(shop.till);
    picturing_file(shop.till, path);
    await(shop.till->notice.id != NOTICE_NOTHING);
    CU_ASSERT_EQUAL(shop.till->notice.id, BAD[i].notice);
    g_remove(path);
  }
  till_clear_notice(shop.till);
  picturing_file(shop.till, shop.folder);
  await(shop.till->notice.id == NOTICE_PICTURE_UNREADABLE);
  till_clear_notice(shop.till);
  picturing_file(shop.till, "");
  await(shop.till->notice.id == NOTICE_PICTURE_UNREADABLE);
  till_clear_notice(shop.till);
  picturing_pixels(shop.till, NULL, 100000, 100000);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PICTURE_TOO_LARGE);
  shop_close(&shop);
}

static void
pixels_of_a_clipboard_are_read_like_a_file(void)
{
  Shop shop = shop_open();
  Board board = board_new();
  shop_sign_in(&shop);
  add_article(&board, VITAMIN);
  guint8 *pixels = g_malloc(1600 * 400 * 4);
  for (int i = 0; i < 1600 * 400; i++) {
    memset(pixels + i * 4, 0, 3);
    pixels[i * 4 + 3] = 255 - board.grey->pixels[i]; /* black on nothing */
  }
  picturing_pixels(shop.till, pixels, 1600, 400);
  await(shop.till->sale->lines->len == 1);
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 0)->product->id, VITAMIN);
  grey_picture_free(board.grey);
  shop_close(&shop);
}

static void
a_till_may_be_closed_while_pictures_are_read(void)
{
  Shop shop = shop_open();
  Board board = board_new();
  shop_sign_in(&shop);
  add_article(&board, VITAMIN);
  g_autofree char *path = board_save(&board, &shop);
  for (int i = 0; i < 20; i++)
    picturing_file(shop.till, path);
  g_clear_pointer(&shop.till, till_free);
  CU_ASSERT_EQUAL(g_remove(path), 0);
  shop_close(&shop);
}

static void
hear(Shop *shop, const char *bytes, gsize length)
{
  g_autoptr(GBytes) heard = g_bytes_new(bytes, length);
  DeviceEvent event = {.kind = DEVICE_HEARD, .data = heard};
  picturing_on_camera(shop->till, &event);
}

static void
a_camera_scans_and_shows_what_it_was_asked_for(void)
{
  Shop shop = shop_open();
  char code[14];
  shop_sign_in(&shop);
  g_autofree char *heard = g_strconcat("]E0", shop_code(shop_ean(IBUPROFEN), code), NULL);
  hear(&shop, heard, strlen(heard));
  CU_ASSERT_EQUAL(shop.till->sale->lines->len, 1);
  hear(&shop, "\xff\xd8\xff\xe0 a picture", 14);
  CU_ASSERT_PTR_NOT_NULL(shop.till->picture);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PICTURE_TAKEN);
  CU_ASSERT_EQUAL(shop.till->sale->lines->len, 1);
  shop_close(&shop);
}

static void
a_camera_is_tried_out_by_a_picture(void)
{
  Shop shop = shop_open();
  picturing_try_camera(shop.till); /* there is none: nothing happens */
  CU_ASSERT(devices_choose(shop.till,
                           USE_CAMERA,
                           "camera:videotestsrc is-live=true ! "
                           "video/x-raw,width=640,height=480",
                           NULL));
  await(shop.till->device[USE_CAMERA] &&
        !(device_state(shop.till->device[USE_CAMERA]) & DEVICE_GONE));
  devices_test(shop.till, USE_CAMERA);
  await(shop.till->picture != NULL);
  shop_close(&shop);
}

TESTS("picturing",
      TEST(a_code_in_a_dropped_picture_is_a_scan),
      TEST(codes_of_several_articles_are_listed_to_choose_from),
      TEST(codes_that_name_one_article_are_one_scan),
      TEST(codes_of_nothing_that_is_sold_are_told),
      TEST(an_empty_picture_says_so),
      TEST(what_is_no_picture_is_refused_with_what_to_do),
      TEST(pixels_of_a_clipboard_are_read_like_a_file),
      TEST(a_till_may_be_closed_while_pictures_are_read),
      TEST(a_camera_scans_and_shows_what_it_was_asked_for),
      TEST(a_camera_is_tried_out_by_a_picture))
