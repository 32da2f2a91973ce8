#include "app/device_advice.h"

#include <glib/gi18n.h>
#include <string.h>

#define IDS (sizeof "04b8:0e15" - 1)

static const char *const USES[N_DEVICE_USES] = {
    [USE_SCANNER] = N_("Scanner"),
    [USE_SCANNER_2] = N_("Second scanner"),
    [USE_PRINTER] = N_("Receipt printer"),
    [USE_ID_READER] = N_("ID-card reader"),
    [USE_LABEL] = N_("Label printer"),
    [USE_POLE] = N_("Customer display"),
    [USE_SCALE] = N_("Scale"),
    [USE_CARD_READER] = N_("IC-card reader"),
    [USE_CAMERA] = N_("Camera"),
};

const char *
device_advice_use(DeviceUse use)
{
  return use < N_DEVICE_USES ? _(USES[use]) : "";
}

/* -- How it stands ----------------------------------------------------------------- */

static const char *
state_of_spare(const DeviceRow *row)
{
  if (row->is_forbidden)
    return _("no right to open it");
  switch (row->doubt) {
  case PLUGGED_SURE:
    return _("not used");
  case PLUGGED_MAYBE:
    return _("keyboard or scanner?");
  case PLUGGED_ASK:
    return _("perhaps this");
  case PLUGGED_WRONG_MODE:
    break;
  }
  return _("in another mode");
}

static const char *
state_of_gone(int error)
{
  switch (error) {
  case DEVICE_ERROR_ACCESS:
    return _("no right to open it");
  case DEVICE_ERROR_BUSY:
    return _("held by another program");
  case DEVICE_ERROR_WRONG:
    return _("not what it should be");
  case DEVICE_ERROR_ADDRESS:
    return _("no such driver");
  case DEVICE_ERROR_NO_ANSWER:
    return _("no answer");
  default:
    return _("not connected");
  }
}

const char *
device_advice_state(const DeviceRow *row)
{
  static const struct {
    DeviceState state;
    const char *word;
  } WORDS[] = {{DEVICE_BROKEN, N_("out of order")},
               {DEVICE_PAPER_OUT, N_("no paper")},
               {DEVICE_COVER_OPEN, N_("cover open")},
               {DEVICE_CUTTER_JAM, N_("cutter jammed")},
               {DEVICE_JAM, N_("paper jammed")},
               {DEVICE_RIBBON_OUT, N_("no ribbon")},
               {DEVICE_PAUSED, N_("paused")},
               {DEVICE_HOT, N_("too warm")},
               {DEVICE_PAPER_LOW, N_("paper nearly out")}};
  if (!row->is_used)
    return state_of_spare(row);
  if (!row->address)
    return _("none");
  if (row->state & DEVICE_GONE)
    return state_of_gone(row->error);
  for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
    if (row->state & WORDS[i].state)
      return _(WORDS[i].word);
  return _("ready");
}

const char *
device_advice_state_of(const Till *till, DeviceUse use)
{
  const Device *device = till->device[use];
  const GError *failure = device_failure(device);
  DeviceRow row = {.use = use,
                   .is_used = true,
                   .address = (char *)device_address(device),
                   .state = device_state(device),
                   .error =
                       failure && failure->domain == DEVICE_ERROR ? failure->code : -1};
  return device_advice_state(&row);
}

/* -- What to do -------------------------------------------------------------------- */

static const char *
advice_on_spare(const DeviceRow *row)
{
  switch (row->doubt) {
  case PLUGGED_WRONG_MODE:
    return row->use == USE_LABEL
               ? _("It speaks another language than TSPL. Set it to TSPL if it can.")
               : _("It is in a mode of its maker's own. Scan the set-up code \"USB HID "
                   "POS\" in its booklet; then it works at once.");
  case PLUGGED_MAYBE:
    return _("A keyboard, or a scanner that types like one. A scanner is paired with one "
             "scan; better still, scan the set-up code \"USB HID POS\" in its booklet.");
  case PLUGGED_ASK:
    return _("It could be this. Choose it if it is.");
  case PLUGGED_SURE:
    break;
  }
  return _("Another device does this work. Choose this one to use it instead.");
}

static const char *
advice_on_gone(const DeviceRow *row)
{
  switch (row->error) {
  case DEVICE_ERROR_BUSY:
    return row->use == USE_CARD_READER
               ? _("Another program holds it, most likely pcscd. Once, in a terminal:")
               : _("Another program holds it: a second till, or a tool of its maker. "
                   "Close that one; then it works at once.");
  case DEVICE_ERROR_WRONG:
    return _("It is there, but does not behave as such a device. Choose another use for "
             "it, or another device for this.");
  case DEVICE_ERROR_ADDRESS:
    return _("No driver answers to this address. Choose the device anew.");
  case DEVICE_ERROR_NO_ANSWER:
    return _("It is plugged in and silent. Switch it off and on again.");
  default:
    return _("Check its plug and its power; it is tried again by itself.");
  }
}

static const char *
advice_on_state(DeviceState state)
{
  if (state & DEVICE_BROKEN)
    return _("Switch it off and on again.");
  if (state & DEVICE_PAPER_OUT)
    return _("Put a roll in and shut the cover; what waits is printed then.");
  if (state & DEVICE_COVER_OPEN)
    return _("Shut the cover; what waits is printed then.");
  if (state & DEVICE_CUTTER_JAM)
    return _("Open the cover, free the blade, shut it again.");
  if (state & DEVICE_JAM)
    return _("Open the cover and take the stuck paper out.");
  if (state & DEVICE_RIBBON_OUT)
    return _("Put a ribbon in.");
  if (state & DEVICE_PAUSED)
    return _("Press its pause key.");
  if (state & DEVICE_HOT)
    return _("Let it cool; it goes on by itself.");
  return state & DEVICE_PAPER_LOW ? _("Have a roll at hand.") : "";
}

static bool
lacks_right(const DeviceRow *row)
{
  return row->is_forbidden ||
         (row->is_used && row->state & DEVICE_GONE && row->error == DEVICE_ERROR_ACCESS);
}

static bool
is_held_card_reader(const DeviceRow *row)
{
  return row->is_used && row->use == USE_CARD_READER && row->state & DEVICE_GONE &&
         row->error == DEVICE_ERROR_BUSY;
}

char *
device_advice_command(const DeviceRow *row)
{
  if (is_held_card_reader(row))
    return g_strdup("sudo systemctl disable --now pcscd.socket pcscd.service");
  if (!lacks_right(row))
    return NULL;
  /* The kernel's serial lines belong to a group. */
  if (row->address && (strstr(row->address, ":/dev/") ||
                       g_str_has_prefix(row->address, "serial-scanner:")))
    return g_strdup("sudo usermod --append --groups dialout $USER && sudo reboot");
  const char *usb = row->address ? strstr(row->address, ":usb:") : NULL;
  g_autofree char *ids = g_strndup(usb ? usb + strlen(":usb:") : "", IDS);
  return g_strdup_printf(
      "guitai devices --udev %s | sudo tee /etc/udev/rules.d/70-guitai.rules && "
      "sudo udevadm control --reload && sudo udevadm trigger",
      ids);
}

char *
device_advice(const DeviceRow *row)
{
  if (lacks_right(row))
    return g_strdup(_("It is plugged in, but you may not open it. Once, in a terminal:"));
  if (!row->is_used)
    return g_strdup(advice_on_spare(row));
  if (row->address)
    return g_strdup(row->state & DEVICE_GONE ? advice_on_gone(row)
                                             : advice_on_state(row->state));
  if (row->use == USE_SCANNER)
    return g_strdup(_("A scanner that types like a keyboard needs no set-up."));
  if (row->use == USE_PRINTER)
    return g_strdup(_("Receipts wait until a printer is set up."));
  return g_strdup("");
}
