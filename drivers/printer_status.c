#include "drivers/printer_status.h"

/* Reply to DLE EOT n; the numbers are those of the manuals. */
#define EOT1_DRAWER    0x04
#define EOT2_COVER     0x04
#define EOT2_PAPER_END 0x20
#define EOT3_CUTTER    0x08
#define EOT3_BROKEN    0x20
#define EOT3_HOT       0x40
#define EOT4_NEAR_END  0x0c
#define EOT4_PAPER_END 0x60

static void
hear_real_time(PrinterStatus *status, guint8 byte)
{
  if (status->asking)
    status->real_time[status->asking] = byte;
  status->asking = 0;
  status->spoke = true;
}

/* Paper bits of GS r 1 and of the third automatic byte. */
static void
hear_paper(PrinterStatus *status, guint8 byte)
{
  status->real_time[4] =
      (guint8)((byte & 0x03 ? EOT4_NEAR_END : 0) | (byte & 0x0c ? EOT4_PAPER_END : 0));
  if (!(byte & 0x0c))
    status->real_time[2] &= (guint8)~EOT2_PAPER_END;
}

static void
hear_automatic(PrinterStatus *status)
{
  const guint8 *byte = status->automatic;
  status->real_time[1] = byte[0] & 0x04 ? EOT1_DRAWER : 0;
  status->real_time[2] = byte[0] & 0x20 ? EOT2_COVER : 0;
  status->real_time[3] = byte[1] & (EOT3_CUTTER | EOT3_BROKEN | EOT3_HOT);
  hear_paper(status, byte[2]);
  status->spoke = status->tells = true;
}

/* Epson's command reference, GS I: "header 5F, data, NUL". @return true when @byte was
 * part of it. */
static bool
hear_name(PrinterStatus *status, guint8 byte)
{
  if (status->is_naming && byte >= 0x20 && byte < 0x7f) {
    status->name[status->n_name++] = (char)byte;
    /* It never ends: then it swallows no statuses either. */
    status->is_naming = status->n_name < PRINTER_NAME_MOST;
    return true;
  }
  if (status->is_naming && byte == 0) {
    status->name[status->n_name] = '\0';
    status->is_naming = false;
    status->has_name = true;
    return true;
  }
  if (!status->wants_name || byte != 0x5f)
    return false;
  status->wants_name = false;
  status->is_naming = true;
  status->n_name = 0;
  return true;
}

static void
hear_first(PrinterStatus *status, guint8 byte)
{
  if (byte == 0x11 || byte == 0x13)
    return;
  if ((byte & 0x93) == 0x12) {
    hear_real_time(status, byte);
  } else if ((byte & 0x93) == 0x10) {
    status->automatic[0] = byte;
    status->n_automatic = 1;
  } else if ((byte & 0x90) == 0) {
    hear_paper(status, byte);
    status->buffer_done = true;
  }
}

static void
hear_byte(PrinterStatus *status, guint8 byte)
{
  if (!status->n_automatic && hear_name(status, byte))
    return;
  if (!status->n_automatic || (byte & 0x90) != 0) {
    status->n_automatic = 0;
    hear_first(status, byte);
    return;
  }
  status->automatic[status->n_automatic++] = byte;
  if (status->n_automatic == 4) {
    hear_automatic(status);
    status->n_automatic = 0;
  }
}

void
printer_status_hear(PrinterStatus *status, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    hear_byte(status, bytes[i]);
}

DeviceState
printer_status_state(const PrinterStatus *status)
{
  const guint8 *reply = status->real_time;
  DeviceState state = 0;

  if (reply[1] & EOT1_DRAWER)
    state |= DEVICE_DRAWER_OPEN;
  if (reply[2] & EOT2_COVER)
    state |= DEVICE_COVER_OPEN;
  if (reply[3] & EOT3_CUTTER)
    state |= DEVICE_CUTTER_JAM;
  if (reply[3] & EOT3_HOT)
    state |= DEVICE_HOT;
  if (reply[3] & EOT3_BROKEN)
    state |= DEVICE_BROKEN;
  if ((reply[2] & EOT2_PAPER_END) || (reply[4] & EOT4_PAPER_END))
    state |= DEVICE_PAPER_OUT;
  else if (reply[4] & EOT4_NEAR_END)
    state |= DEVICE_PAPER_LOW;
  return state;
}

bool
printer_status_fault(DeviceState state, GError **error)
{
  static const struct {
    DeviceState bit;
    DeviceError code;
    const char *text;
  } FAULTS[] = {
      {DEVICE_COVER_OPEN, DEVICE_ERROR_COVER, "the cover is open"},
      {DEVICE_PAPER_OUT, DEVICE_ERROR_PAPER_OUT, "the paper is used up"},
      {DEVICE_CUTTER_JAM, DEVICE_ERROR_CUTTER, "the cutter is jammed"},
      {DEVICE_BROKEN, DEVICE_ERROR_BROKEN, "the printer wants to be switched off and on"},
      {DEVICE_HOT, DEVICE_ERROR_HOT, "the print head is too warm"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(FAULTS); i++)
    if (state & FAULTS[i].bit) {
      g_set_error_literal(error, DEVICE_ERROR, FAULTS[i].code, FAULTS[i].text);
      return true;
    }
  return false;
}
