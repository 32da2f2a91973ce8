#include "drivers/device_use.h"

#include <glib.h>

static const char *const NAMES[N_DEVICE_USES] = {[USE_SCANNER] = "scanner",
                                                 [USE_SCANNER_2] = "scanner-2",
                                                 [USE_PRINTER] = "printer",
                                                 [USE_ID_READER] = "id-reader",
                                                 [USE_LABEL] = "label",
                                                 [USE_POLE] = "pole",
                                                 [USE_SCALE] = "scale",
                                                 [USE_CARD_READER] = "card-reader",
                                                 [USE_CAMERA] = "camera"};

const char *
device_use_name(DeviceUse use)
{
  return NAMES[use];
}

DeviceUse
device_use_named(const char *name)
{
  DeviceUse use = 0;
  while (use < N_DEVICE_USES && g_strcmp0(NAMES[use], name) != 0)
    use++;
  return use;
}
