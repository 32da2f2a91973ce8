/* Our own, then: generated from the ESC/POS printer database, commit fe07c81, by Michael
 * Billington and contributors, https://github.com/receipt-print-hq/escpos-printer-db;
 * licensed under CC BY 4.0, https://creativecommons.org/licenses/by/4.0/. Do not edit.
 *
 * Changed: left out are displays, printers of Star's own command set, impact printers and
 * what is not of use here; widths not given there are twelve dots a column; 48 columns
 * for the Netum 80-V-UL, whose columns are its dots there. No page for Chinese is on
 * record there, so only models named as Chinese are trusted to have such a font; the
 * others' Chinese is drawn. */
#include "drivers/escpos.h"

#define PROFILE static const EscposProfile

PROFILE GENERIC_80 = {
    .name = "generic-80",
    .vendor = "",
    .model = "",
    .columns = 48,
    .dots = 576,
    .has_chinese = true,
    .has_gb18030 = true,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE GENERIC_58 = {
    .name = "generic-58",
    .vendor = "",
    .model = "",
    .columns = 32,
    .dots = 384,
    .has_chinese = true,
    .has_gb18030 = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE CLONE_80 = {
    .name = "clone-80",
    .vendor = "",
    .model = "",
    .columns = 48,
    .dots = 576,
    .has_chinese = true,
    .has_cutter = true,
    .has_bars = true,
};
PROFILE CLONE_58 = {
    .name = "clone-58",
    .vendor = "",
    .model = "",
    .columns = 32,
    .dots = 384,
    .has_chinese = true,
    .has_bars = true,
};
PROFILE CT_S651 = {
    .name = "CT-S651",
    .vendor = "Citizen",
    .model = "CT-S651",
    .columns = 48,
    .dots = 640,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE ITPP047 = {
    .name = "ITPP047",
    .vendor = "Munbyn",
    .model = "ITPP047",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE KR_306 = {
    .name = "KR-306",
    .vendor = "Kefar",
    .model = "KR-306",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE NT_5890K = {
    .name = "NT-5890K",
    .vendor = "Netum",
    .model = "NT-5890K",
    .columns = 32,
    .dots = 384,
};
PROFILE NT_80_V_UL = {
    .name = "NT-80-V-UL",
    .vendor = "Netum",
    .model = "80-V-UL",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE P822D = {
    .name = "P822D",
    .vendor = "PBM",
    .model = "P822D",
    .columns = 42,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE POS_5890 = {
    .name = "POS-5890",
    .vendor = "Zjiang",
    .model = "POS5890 Series",
    .columns = 32,
    .dots = 384,
};
PROFILE RP_F10_58MM = {
    .name = "RP-F10-58mm",
    .vendor = "Seiko",
    .model = "RP-F10",
    .columns = 36,
    .dots = 432,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE RP_F10_80MM = {
    .name = "RP-F10-80mm",
    .vendor = "Seiko",
    .model = "RP-F10",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE RP326 = {
    .name = "RP326",
    .vendor = "Rongta",
    .model = "RP326",
    .columns = 42,
    .dots = 504,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE RP332 = {
    .name = "RP332",
    .vendor = "Rongta",
    .model = "RP332",
    .columns = 42,
    .dots = 504,
    .has_cutter = true,
    .cuts_whole = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE SRP_S300 = {
    .name = "SRP-S300",
    .vendor = "Bixolon",
    .model = "SRP-S300",
    .columns = 48,
    .dots = 640,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE SUNMI_V2 = {
    .name = "Sunmi-V2",
    .vendor = "Sunmi",
    .model = "Sunmi V2",
    .columns = 32,
    .dots = 384,
    .has_qr = true,
    .has_bars = true,
};
PROFILE T_1 = {
    .name = "T-1",
    .vendor = "Metapace",
    .model = "T-1",
    .columns = 42,
    .dots = 504,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TEP_200M = {
    .name = "TEP-200M",
    .vendor = "EPOS",
    .model = "TEP200M Series",
    .columns = 42,
    .dots = 504,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TH230 = {
    .name = "TH230",
    .vendor = "Wincor Nixdorf",
    .model = "TH230",
    .columns = 44,
    .dots = 576,
    .has_cutter = true,
    .has_bars = true,
    .wants_graphics = true,
};
PROFILE TH230PLUS = {
    .name = "TH230Plus",
    .vendor = "Wincor Nixdorf",
    .model = "TH230+",
    .columns = 44,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
    .wants_graphics = true,
};
PROFILE TM_L90 = {
    .name = "TM-L90",
    .vendor = "Epson",
    .model = "TM-L90",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_P80 = {
    .name = "TM-P80",
    .vendor = "Epson",
    .model = "TM-P80",
    .columns = 42,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_P80_42COL = {
    .name = "TM-P80-42col",
    .vendor = "Epson",
    .model = "TM-P80 (42 column mode)",
    .columns = 42,
    .dots = 544,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T20II = {
    .name = "TM-T20II",
    .vendor = "Epson",
    .model = "TM-T20II",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T20II_42COL = {
    .name = "TM-T20II-42col",
    .vendor = "Epson",
    .model = "TM-T20II (42 column mode)",
    .columns = 42,
    .dots = 544,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T20III = {
    .name = "TM-T20III",
    .vendor = "Epson",
    .model = "TM-T20III",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T70 = {
    .name = "TM-T70",
    .vendor = "Epson",
    .model = "TM-T70",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T70_SA = {
    .name = "TM-T70-SA",
    .vendor = "Epson",
    .model = "TM-T70 South Asia",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T70II = {
    .name = "TM-T70II",
    .vendor = "Epson",
    .model = "TM-T70II",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T70II_CH = {
    .name = "TM-T70II-CH",
    .vendor = "Epson",
    .model = "TM-T70II Chinese",
    .columns = 48,
    .dots = 576,
    .has_chinese = true,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T70II_CH_58MM = {
    .name = "TM-T70II-CH-58mm",
    .vendor = "Epson",
    .model = "TM-T70II Traditional Chinese",
    .columns = 34,
    .dots = 416,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T70II_SA = {
    .name = "TM-T70II-SA",
    .vendor = "Epson",
    .model = "TM-T70II South Asia",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T88II = {
    .name = "TM-T88II",
    .vendor = "Epson",
    .model = "TM-T88II",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T88III = {
    .name = "TM-T88III",
    .vendor = "Epson",
    .model = "TM-T88III",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T88IV = {
    .name = "TM-T88IV",
    .vendor = "Epson",
    .model = "TM-T88IV",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T88IV_SA = {
    .name = "TM-T88IV-SA",
    .vendor = "Epson",
    .model = "TM-T88IV South Asia",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_T88V = {
    .name = "TM-T88V",
    .vendor = "Epson",
    .model = "TM-T88V",
    .columns = 42,
    .dots = 512,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE TM_M30III = {
    .name = "TM-m30III",
    .vendor = "Epson",
    .model = "TM-m30III",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE YHD_8390 = {
    .name = "YHD-8390",
    .vendor = "YHDAA",
    .model = "YHD-8390",
    .columns = 48,
    .dots = 640,
    .has_cutter = true,
    .has_qr = true,
    .has_bars = true,
};
PROFILE ZJ_5870 = {
    .name = "ZJ-5870",
    .vendor = "ZiJiang",
    .model = "ZJ-5870 Thermal Receipt Printer",
    .columns = 32,
    .dots = 384,
};

const EscposProfile *const ESCPOS_PROFILES[] = {&GENERIC_80,  &GENERIC_58,
                                                &CLONE_80,    &CLONE_58,
                                                &CT_S651,     &ITPP047,
                                                &KR_306,      &NT_5890K,
                                                &NT_80_V_UL,  &P822D,
                                                &POS_5890,    &RP_F10_58MM,
                                                &RP_F10_80MM, &RP326,
                                                &RP332,       &SRP_S300,
                                                &SUNMI_V2,    &T_1,
                                                &TEP_200M,    &TH230,
                                                &TH230PLUS,   &TM_L90,
                                                &TM_P80,      &TM_P80_42COL,
                                                &TM_T20II,    &TM_T20II_42COL,
                                                &TM_T20III,   &TM_T70,
                                                &TM_T70_SA,   &TM_T70II,
                                                &TM_T70II_CH, &TM_T70II_CH_58MM,
                                                &TM_T70II_SA, &TM_T88II,
                                                &TM_T88III,   &TM_T88IV,
                                                &TM_T88IV_SA, &TM_T88V,
                                                &TM_M30III,   &YHD_8390,
                                                &ZJ_5870,     NULL};
