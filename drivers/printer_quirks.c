#include "drivers/printer_quirks.h"

#include <string.h>

static const struct {
  const char *name;
  PrinterQuirks quirk;
} NAMES[] = {
    {"unidir", QUIRK_UNIDIR},
    {"silent", QUIRK_SILENT},
    {"soft-reset", QUIRK_SOFT_RESET},
    {"delay-close", QUIRK_DELAY_CLOSE},
    {"vendor-class", QUIRK_VENDOR_CLASS},
    {"no-port", QUIRK_NO_PORT},
};

PrinterQuirks
printer_quirks_of(uint16_t vendor, uint16_t product)
{
  for (const PrinterQuirk *q = PRINTER_QUIRKS; q->vendor; q++)
    if (q->vendor == vendor && (!q->product || q->product == product))
      return q->quirks;
  return 0;
}

static PrinterQuirks
quirks_named(const char *list)
{
  g_auto(GStrv) names = g_strsplit(list, ",", -1);
  PrinterQuirks quirks = 0;

  for (char **name = names; *name; name++)
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
      if (g_str_equal(*name, NAMES[i].name))
        quirks |= NAMES[i].quirk;
  return quirks;
}

void
printer_options_parse(const char *address, PrinterOptions *ret)
{
  gsize place = strcspn(address, "?");
  g_auto(GStrv) options = g_strsplit(address + place + (address[place] != '\0'), "&", -1);

  *ret = (PrinterOptions){.place = g_strndup(address, place)};
  for (char **option = options; *option; option++) {
    if (g_str_equal(*option, "drawer=low"))
      ret->closed_is_high = true;
    else if (g_str_has_prefix(*option, "quirks="))
      ret->quirks |= quirks_named(*option + strlen("quirks="));
  }
}

void
printer_options_clear(PrinterOptions *options)
{
  g_clear_pointer(&options->place, g_free);
}
