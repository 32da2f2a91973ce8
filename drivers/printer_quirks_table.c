#include "drivers/printer_quirks.h"

/* Ids and oddities as CUPS lists them (org.cups.usb-quirks), for receipt printers. */
const PrinterQuirk PRINTER_QUIRKS[] = {
    {0x04b8, 0x0202, QUIRK_VENDOR_CLASS},               /* Epson UB-U05 interface card */
    {0x0519, 0x0001, QUIRK_UNIDIR | QUIRK_DELAY_CLOSE}, /* Star TSP700 */
    {0x0519, 0, QUIRK_UNIDIR},                          /* Star */
    {0x0a5f, 0, QUIRK_UNIDIR},                          /* Zebra */
    {0x195f, 0x0001, QUIRK_UNIDIR},                     /* GoDEX */
    {0x2730, 0x2008, QUIRK_UNIDIR | QUIRK_DELAY_CLOSE}, /* Citizen CT-S4000 */
    {0},
};
