#include "app/printer_choice.h"

#include <string.h>

#include "app/minding.h"
#include "app/settings.h"

#define CHOSEN "printer.profile"
#define SAID   "printer.said"

/* "printer.profile:escpos:usb:0416:5011@1-2"; the address's options are no part of it. */
static char *
key_of(const Till *till, const char *key)
{
  const char *address =
      till->device[USE_PRINTER] ? device_address(till->device[USE_PRINTER]) : "";
  return g_strdup_printf("%s:%.*s", key, (int)strcspn(address, "?"), address);
}

static const EscposProfile *
chosen(const Till *till)
{
  g_autofree char *key = key_of(till, CHOSEN);
  g_autofree char *here = settings_text(till, key);
  g_autofree char *anywhere = settings_text(till, CHOSEN);
  const EscposProfile *profile = escpos_profile(here);
  return profile ? profile : escpos_profile(anywhere);
}

static const EscposProfile *
said(const Till *till)
{
  g_autofree char *key = key_of(till, SAID);
  g_autofree char *text = settings_text(till, key);
  g_auto(GStrv) parts = g_strsplit(text, "\t", 2);
  return parts[0] && parts[1] ? escpos_profile_for(parts[0], parts[1]) : NULL;
}

const EscposProfile *
printer_choice(const Till *till)
{
  const EscposProfile *profile = chosen(till);
  if (!profile)
    profile = said(till);
  return profile ? profile : escpos_profiles()[0];
}

bool
printer_choice_set(Till *till, const char *name, GError **error)
{
  g_autofree char *key = key_of(till, CHOSEN);
  return settings_set(till, key, name, error);
}

bool
printer_choice_next(Till *till, GError **error)
{
  g_autofree char *key = key_of(till, CHOSEN);
  g_autofree char *now = settings_text(till, key);
  const EscposProfile *const *all = escpos_profiles();
  int at = 0;

  /* Our own come first, and nobody chose one of them yet: "" is before the first. */
  while (all[at] && !*all[at]->vendor && *now && !g_str_equal(all[at]->name, now))
    at++;
  at += *now && all[at] && !*all[at]->vendor;
  bool is_end = !all[at] || *all[at]->vendor;
  minding_begin_deed(till);
  if (!printer_choice_set(till, is_end ? "" : all[at]->name, error))
    return false;
  till_notice(till,
              (Notice){.kind = NOTICE_INFO,
                       .id = NOTICE_PRINTER_KIND,
                       .what = g_strdup(printer_choice(till)->name)});
  return true;
}

void
printer_choice_heard(Till *till, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data(bytes, &length);
  g_autofree char *text = g_utf8_make_valid(data, (gssize)length);
  g_autofree char *key = key_of(till, SAID);
  g_autofree char *before = settings_text(till, key);
  GError *error = NULL;

  if (!g_str_equal(text, before) && !settings_set(till, key, text, &error))
    till_failed(till, error);
}
