#include "drivers/sim/sample_cards.h"

#include <string.h>

#include "drivers/id_card.h"

typedef struct {
  int at, length; /* bytes of the block */
  const char *text;
} Entry;

typedef struct {
  const char *title;
  char flag;
  Entry entries[12];
} Sample;

static const Sample SAMPLES[] = {
    {"王小明, 男, 1985",
     ' ',
     {{0, 30, "王小明"},
      {30, 2, "1"},
      {32, 4, "01"},
      {36, 16, "19850307"},
      {52, 70, "例省样市柜台路12号3单元402室"},
      {122, 36, "110000198503070011"},
      {158, 30, "样市公安局柜台分局"},
      {188, 16, "20180601"},
      {204, 16, "20380601"}}},
    {"李秀英, 女, 1948, 长期",
     ' ',
     {{0, 30, "李秀英"},
      {30, 2, "2"},
      {32, 4, "11"},
      {36, 16, "19480916"},
      {52, 70, "例省样市老街7号"},
      {122, 36, "310000194809160027"},
      {158, 30, "样市公安局"},
      {188, 16, "20090101"},
      {204, 16, "长期"}}},
    {"陈子轩, 男, 2011 (未成年)",
     ' ',
     {{0, 30, "陈子轩"},
      {30, 2, "1"},
      {32, 4, "01"},
      {36, 16, "20110812"},
      {52, 70, "例省样市学府路1号"},
      {122, 36, "440000201108120032"},
      {158, 30, "样市公安局"},
      {188, 16, "20240301"},
      {204, 16, "20290301"}}},
    {"阿依古丽·艾合买提, 女, 1991",
     ' ',
     {{0, 30, "阿依古丽·艾合买提"},
      {30, 2, "2"},
      {32, 4, "05"},
      {36, 16, "19911123"},
      {52, 70, "例区样县绿洲乡3村18号"},
      {122, 36, "650000199111230047"},
      {158, 30, "样县公安局"},
      {188, 16, "20200515"},
      {204, 16, "20400515"}}},
    {"刘䶮, 男, 1970 (生僻字, 已过期)",
     ' ',
     {{0, 30, "刘䶮"},
      {30, 2, "1"},
      {32, 4, "03"},
      {36, 16, "19700101"},
      {52, 70, "例省样市钟楼街9号"},
      {122, 36, "610000197001010055"},
      {158, 30, "样市公安局"},
      {188, 16, "20050101"},
      {204, 16, "20250101"}}},
    {"何嘉仪, 女, 1988 (港澳台居住证)",
     'J',
     {{0, 30, "何嘉仪"},
      {30, 2, "2"},
      {36, 16, "19880624"},
      {52, 70, "例省样市海滨路88号"},
      {122, 36, "810000198806240060"},
      {158, 30, "样市公安局"},
      {188, 16, "20230901"},
      {204, 16, "20280901"},
      {220, 18, "H00000000"},
      {238, 4, "01"}}},
    {"ANNA EXAMPLE, 女, 1979 (外国人, 2017)",
     'I',
     {{0, 120, "EXAMPLE, ANNA"},
      {120, 2, "2"},
      {122, 30, "FRA310079020200"},
      {152, 6, "FRA"},
      {158, 30, "安娜"},
      {188, 16, "20190701"},
      {204, 16, "20290630"},
      {220, 16, "19790202"},
      {236, 4, "01"},
      {240, 8, "1500"}}},
    {"JEAN EXEMPLE, 男, 1979 (外国人, 2023)",
     'Y',
     {{0, 30, "让"},
      {30, 2, "1"},
      {32, 4, "00"},
      {36, 16, "19790215"},
      {52, 70, "EXEMPLE, JEAN BAPTISTE MAXIMILIEN A"},
      {122, 36, "911000197902150073"},
      {188, 16, "20240101"},
      {204, 16, "20340101"},
      {220, 22, "LEXANDRE"},
      {242, 6, "FRA"}}},
};

int
sample_cards_count(void)
{
  return G_N_ELEMENTS(SAMPLES);
}

const char *
sample_cards_name(int card)
{
  return card >= 0 && card < sample_cards_count() ? SAMPLES[card].title : "";
}

static void
put(guint8 *block, int at, gunichar2 unit)
{
  block[at] = (guint8)unit;
  block[at + 1] = (guint8)(unit >> 8);
}

static void
write_entry(guint8 *block, Entry entry)
{
  glong units;
  g_autofree gunichar2 *utf16 = g_utf8_to_utf16(entry.text, -1, NULL, &units, NULL);

  for (glong i = 0; i < units && i * 2 < entry.length; i++)
    put(block, entry.at + (int)i * 2, utf16[i]);
}

void
sample_cards_write(int card, guint8 *ret)
{
  const Sample *sample = &SAMPLES[card];

  for (int i = 0; i < ID_CARD_BLOCK; i += 2)
    put(ret, i, ' ');
  for (gsize i = 0; i < G_N_ELEMENTS(sample->entries) && sample->entries[i].text; i++)
    write_entry(ret, sample->entries[i]);
  put(ret, 248, (gunichar2)sample->flag);
}
