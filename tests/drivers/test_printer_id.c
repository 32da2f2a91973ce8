#include "drivers/printer_id.h"

#include <string.h>

#include "drivers/printer_quirks.h"
#include "tests/test.h"

#define ID(length, text) length text, sizeof(length text) - 1

static const struct {
  const char *bytes;
  gsize length;
  const char *maker, *model, *commands;
} CASES[] = {
    {ID("\x00\x2e", "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINT"),
     "EPSON",
     "TM-T20II",
     "ESC/POS"},
    {ID("\x2e\x00", "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINT"),
     "EPSON",
     "TM-T20II",
     "ESC/POS"},
    {ID("\x00\x2d", "MANUFACTURER: Xprinter ;MODEL:XP-80C; a:b;;"),
     "Xprinter",
     "XP-80C",
     ""},
    /* What follows the stated length is not looked at. */
    {ID("\x00\x10", "MFG:Zjiang;1;;MDL:no;"), "Zjiang", "", ""},
    /* Lengths that lie: what came counts. */
    {ID("\xff\xff", "MFG:A;MDL:B;"), "A", "B", ""},
    {ID("\x00\x00", "MFG:A;MDL:B;"), "A", "B", ""},
    /* The first of two, without what is not text. */
    {ID("\x00\x1e",
        "MDL:B\x01\xff"
        "C;MDL:D;mfg:e;  cmd:F"),
     "e",
     "BC",
     "F"},
    {ID("\x00\x12", "MFG;MDL;:;:::;;;"), "", "", ""},
    {"\x00", 1, "", "", ""},
    {"", 0, "", "", ""},
};

static void
what_a_printer_says_it_is_is_understood(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    PrinterId id;
    g_autofree guint8 *exact = g_memdup2(CASES[i].bytes, CASES[i].length);
    printer_id_parse(exact, CASES[i].length, &id);
    CU_ASSERT_STRING_EQUAL(id.maker, CASES[i].maker);
    CU_ASSERT_STRING_EQUAL(id.model, CASES[i].model);
    CU_ASSERT_STRING_EQUAL(id.commands, CASES[i].commands);
  }
}

static void
an_endless_name_is_cut(void)
{
  g_autofree char *name = g_strnfill(600, 'x');
  g_autofree char *text = g_strdup_printf("\x02\x65MFG:%s;MDL:y;", name);
  PrinterId id;
  printer_id_parse((const guint8 *)text, strlen(text), &id);
  CU_ASSERT_EQUAL(strlen(id.maker), PRINTER_ID_MOST);
  CU_ASSERT_STRING_EQUAL(id.model, "y");
}

static void
oddities_are_known_by_id_or_by_maker(void)
{
  CU_ASSERT_EQUAL(printer_quirks_of(0x04b8, 0x0202), QUIRK_VENDOR_CLASS);
  CU_ASSERT_EQUAL(printer_quirks_of(0x04b8, 0x0e15), 0);
  CU_ASSERT_EQUAL(printer_quirks_of(0x0519, 0x0001), QUIRK_UNIDIR | QUIRK_DELAY_CLOSE);
  CU_ASSERT_EQUAL(printer_quirks_of(0x0519, 0x0003), QUIRK_UNIDIR);
  CU_ASSERT_EQUAL(printer_quirks_of(0x0416, 0x5011), 0);
}

static void
an_address_carries_options_at_its_end(void)
{
  static const struct {
    const char *address, *place;
    PrinterQuirks quirks;
    bool closed_is_high;
  } ADDRESSES[] = {
      {"usb:04b8:0e15@1-2", "usb:04b8:0e15@1-2", 0, false},
      {"usb:04b8:0e15@1-2?drawer=low", "usb:04b8:0e15@1-2", 0, true},
      {"usb:04b8:0e15?quirks=silent,no-port&drawer=low",
       "usb:04b8:0e15",
       QUIRK_SILENT | QUIRK_NO_PORT,
       true},
      {"usb:04b8:0e15?drawer=high&quirks=loud&&=", "usb:04b8:0e15", 0, false},
      {"", "", 0, false},
      {"?", "", 0, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(ADDRESSES); i++) {
    g_auto(PrinterOptions) options = {0};
    printer_options_parse(ADDRESSES[i].address, &options);
    CU_ASSERT_STRING_EQUAL(options.place, ADDRESSES[i].place);
    CU_ASSERT_EQUAL(options.quirks, ADDRESSES[i].quirks);
    CU_ASSERT_EQUAL(options.closed_is_high, ADDRESSES[i].closed_is_high);
  }
}

TESTS("printer_id",
      TEST(what_a_printer_says_it_is_is_understood),
      TEST(an_endless_name_is_cut),
      TEST(oddities_are_known_by_id_or_by_maker),
      TEST(an_address_carries_options_at_its_end))
