/* Sources: usb.ids (USB ID repository), the makers' manuals and the programs named in
 * the design notes on devices. A row is a fact; nothing here is guessed from a range but
 * where a maker keeps one for its tills' hardware. */
#include "drivers/known_devices.h"

#include <stddef.h>

#define ALL          0x0000, 0xffff
#define ONE(product) (product), (product)

const KnownDevice KNOWN_DEVICES[] = {
    /* Scanners. */
    {0x0c2e, ALL, KNOWN_SCANNER, "Honeywell"},
    {0x23d0, ALL, KNOWN_SCANNER, "Youjie"},
    {0x0536, ALL, KNOWN_SCANNER, "Hand Held Products"},
    {0x05e0, ONE(0x1300), KNOWN_SCANNER_WRONG, "Zebra"}, /* IBM hand-held */
    {0x05e0, ONE(0x1400), KNOWN_SCANNER_WRONG, "Zebra"}, /* IBM table-top */
    {0x05e0, ONE(0x1900), KNOWN_SCANNER_WRONG, "Zebra"}, /* SNAPI */
    {0x05e0, ALL, KNOWN_SCANNER, "Zebra"},
    {0x05f9, ONE(0x1206), KNOWN_SCANNER_WRONG, "Datalogic"}, /* OEM: IBM */
    {0x05f9, ALL, KNOWN_SCANNER, "Datalogic"},
    {0x1eab, ALL, KNOWN_SCANNER, "Newland"},
    {0x067e, ONE(0x0809), KNOWN_SCANNER, "Intermec"},
    {0x065a, ALL, KNOWN_SCANNER, "Opticon"},
    {0x27dd, ALL, KNOWN_SCANNER, "Mindeo"},
    {0x2dd6, ALL, KNOWN_SCANNER, "Mertech"},
    {0x1a86, ONE(0x5723), KNOWN_SCANNER, "Netum"},
    {0x0488, ALL, KNOWN_SCANNER_ASKED, "Netum"},
    {0x28e9, ONE(0x018a), KNOWN_SCANNER_ASKED, ""}, /* the chip maker's sample ids */
    {0x0416, ONE(0xc141), KNOWN_SCANNER, "Winbond"},
    {0x1f3a, ONE(0x1009), KNOWN_SCANNER_ASKED, "Atol"},

    /* Receipt printers that speak ESC/POS. */
    {0x04b8, ONE(0x0202), KNOWN_PRINTER, "Epson UB-U05"}, /* class "vendor" */
    {0x04b8, ONE(0x0e03), KNOWN_PRINTER, "Epson TM-T20"},
    {0x04b8, 0x0e00, 0x0eff, KNOWN_PRINTER, "Epson TM"},
    {0x04b8, ALL, KNOWN_PRINTER_ASKED, "Epson"},
    {0x0416, ONE(0x5011), KNOWN_PRINTER, "POS58/POS80"},
    {0x0483, ONE(0x5743), KNOWN_PRINTER, "POS58/POS80"},
    {0x0483, ONE(0x5840), KNOWN_PRINTER, "MPT-II"},
    {0x0456, ONE(0x0808), KNOWN_PRINTER, "POS80"},
    {0x6868, ONE(0x0200), KNOWN_PRINTER, "POS80"},
    {0x0fe6, ONE(0x811e), KNOWN_PRINTER, "POS80"},
    {0x1fc9, ONE(0x2016), KNOWN_PRINTER, "Xprinter"},
    {0x0525, ONE(0xa700), KNOWN_PRINTER_ASKED, ""},       /* any Linux gadget */
    {0x1a86, ONE(0x7584), KNOWN_PRINTER_ASKED, "CH340S"}, /* a cable */
    {0x1a86, ONE(0x5584), KNOWN_PRINTER_ASKED, "CH340S"},
    {0x4348, ONE(0x5584), KNOWN_PRINTER_ASKED, "CH340S"},
    {0x0519, ONE(0x000b), KNOWN_PRINTER, "Star BSC10"},
    {0x0519, ONE(0x0011), KNOWN_PRINTER, "Star BSC10"},
    {0x0519, ONE(0x001b), KNOWN_PRINTER, "Star BSC10"},
    {0x0519, ALL, KNOWN_PRINTER_ASKED, "Star"}, /* most speak a language of their own */
    {0x1504, ALL, KNOWN_PRINTER, "Bixolon"},
    {0x0419, ALL, KNOWN_PRINTER_ASKED, "Samsung"},
    {0x1d90, ALL, KNOWN_PRINTER, "Citizen"},
    {0x2730, ALL, KNOWN_PRINTER, "Citizen"},
    {0x0dd4, ALL, KNOWN_PRINTER, "Custom"},
    {0x154f, ALL, KNOWN_PRINTER, "SNBC"},
    {0x05d9, ALL, KNOWN_PRINTER_ASKED, "Axiohm"},
    {0x04c5, ALL, KNOWN_PRINTER_ASKED, "Fujitsu"},

    /* Label printers. */
    {0x1203, ALL, KNOWN_LABEL, "TSC"},
    {0x0a5f, ALL, KNOWN_LABEL_WRONG, "Zebra"}, /* ZPL, EPL */
    {0x195f, ALL, KNOWN_LABEL_WRONG, "Godex"}, /* EZPL */

    /* Readers of ID cards: the same inside, ids of those who built them in. */
    {0x0400, ONE(0xc35a), KNOWN_ID_READER, "SAM-V"},
    {0x10c4, ONE(0x8a1b), KNOWN_ID_READER, "Senter"},
    {0x2015, ONE(0x0008), KNOWN_ID_READER, "Senrui"},
    {0x9573, ONE(0x4836), KNOWN_ID_READER, "Yishu"},

    /* Scales of the HID page 8D. */
    {0x0922, ONE(0x8003), KNOWN_SCALE, "Dymo"},
    {0x0922, ONE(0x8004), KNOWN_SCALE, "Dymo"},
    {0x0922, ONE(0x8009), KNOWN_SCALE, "Dymo"},
    {0x0eb8, ONE(0xf000), KNOWN_SCALE, "Mettler Toledo"},
    {0x0b67, ONE(0x555e), KNOWN_SCALE, "Fairbanks"},
    {0x2474, ONE(0x0550), KNOWN_SCALE, "Stamps.com"},

    /* Serial lines: displays, scanners of old. */
    {0x1a86, ONE(0x7523), KNOWN_SERIAL, "CH340"},
    {0x067b, ONE(0x2303), KNOWN_SERIAL, "PL2303"},
    {0x10c4, ONE(0xea60), KNOWN_SERIAL, "CP210x"},
    {0x0403, ONE(0x6001), KNOWN_SERIAL, "FT232"},
    {0, 0, 0, N_KNOWN_KINDS, NULL},
};
