/* sim_id_reader: "sim-id-reader:", the ID-card reader on the desk. What is heard is the
 * text block of a card, for id_card_read(). */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SIM_ID_READER;
