#include "drivers/grey_jpeg.h"

#include <math.h>

#define SIDE   8
#define BLOCK  (SIDE * SIDE)
#define N_CODE 256

/* T.81 figure A.6 */
static const guint8 ZIGZAG[BLOCK] = {0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18,
                                     11, 4,  5,  12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
                                     13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43,
                                     36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45,
                                     38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

/* T.81 table K.1, in rows */
static const guint8 LUMINANCE[BLOCK] = {
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

/* T.81 tables K.3 and K.5: how many codes of each length, and what they stand for */
static const guint8 DC_LENGTHS[16] = {0, 1, 5, 1, 1, 1, 1, 1, 1};
static const guint8 DC_VALUES[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static const guint8 AC_LENGTHS[16] = {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d};
static const guint8 AC_VALUES[] = {
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51,
    0x61, 0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1,
    0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18,
    0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39,
    0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57,
    0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75,
    0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92,
    0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
    0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
    0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8,
    0xd9, 0xda, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2,
    0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa};

typedef struct {
  guint16 code[N_CODE];
  guint8 length[N_CODE];
} Huffman;

typedef struct {
  GByteArray *out;
  guint32 bits;
  int n_bits;
  int last_dc;
  guint8 quantum[BLOCK]; /* in rows */
  float cosine[SIDE][SIDE];
  Huffman dc, ac;
} Encoder;

/* T.81 annex C: codes are given in order of length. */
static void
fill_codes(Huffman *huffman, const guint8 lengths[16], const guint8 *values)
{
  guint16 code = 0;

  for (int length = 1; length <= 16; length++, code = (guint16)(code << 1))
    for (int i = 0; i < lengths[length - 1]; i++, values++) {
      huffman->code[*values] = code++;
      huffman->length[*values] = (guint8)length;
    }
}

static void
put(GByteArray *out, guint8 byte)
{
  g_byte_array_append(out, &byte, 1);
}

static void
put_short(GByteArray *out, int number)
{
  put(out, (guint8)(number >> 8));
  put(out, (guint8)number);
}

/* A byte of ones is followed by an empty one, or it would begin a marker. */
static void
put_bits(Encoder *encoder, guint32 bits, int n)
{
  encoder->bits = encoder->bits << n | (bits & ((1u << n) - 1));
  encoder->n_bits += n;
  while (encoder->n_bits >= 8) {
    guint8 byte = (guint8)(encoder->bits >> (encoder->n_bits - 8));
    put(encoder->out, byte);
    if (byte == 0xff)
      put(encoder->out, 0);
    encoder->n_bits -= 8;
  }
}

static void
put_code(Encoder *encoder, const Huffman *huffman, int value)
{
  put_bits(encoder, huffman->code[value], huffman->length[value]);
}

/* So many bits say a number: negative ones are one less (T.81 F.1.2.1). */
static int
size_of(int number)
{
  int magnitude = ABS(number), size = 0;
  while (magnitude >> size)
    size++;
  return size;
}

static void
put_number(Encoder *encoder, int number, int size)
{
  put_bits(encoder, (guint32)(number < 0 ? number - 1 : number), size);
}

/* -- one block ---------------------------------------------------------------------- */

static void
transform(const Encoder *encoder, const float in[BLOCK], float out[BLOCK])
{
  float half[BLOCK];

  for (int row = 0; row < SIDE; row++)
    for (int u = 0; u < SIDE; u++) {
      float sum = 0;
      for (int x = 0; x < SIDE; x++)
        sum += in[row * SIDE + x] * encoder->cosine[u][x];
      half[row * SIDE + u] = sum;
    }
  for (int column = 0; column < SIDE; column++)
    for (int v = 0; v < SIDE; v++) {
      float sum = 0;
      for (int y = 0; y < SIDE; y++)
        sum += half[y * SIDE + column] * encoder->cosine[v][y];
      out[v * SIDE + column] = sum;
    }
}

/* Beyond its edge a picture goes on as it ended. */
static void
cut_block(const GreyPicture *picture, int left, int top, float block[BLOCK])
{
  for (int i = 0; i < BLOCK; i++) {
    int x = MIN(left + i % SIDE, picture->width - 1);
    int y = MIN(top + i / SIDE, picture->height - 1);
    block[i] = (float)picture->pixels[(gsize)y * (gsize)picture->stride + (gsize)x] - 128;
  }
}

static void
put_coefficients(Encoder *encoder, const int number[BLOCK])
{
  int difference = number[0] - encoder->last_dc, size = size_of(difference), zeros = 0;

  encoder->last_dc = number[0];
  put_code(encoder, &encoder->dc, size);
  put_number(encoder, difference, size);
  for (int i = 1; i < BLOCK; i++) {
    if (number[i] == 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16)
      put_code(encoder, &encoder->ac, 0xf0);
    size = size_of(number[i]);
    put_code(encoder, &encoder->ac, zeros << 4 | size);
    put_number(encoder, number[i], size);
    zeros = 0;
  }
  if (zeros)
    put_code(encoder, &encoder->ac, 0);
}

static void
put_block(Encoder *encoder, const GreyPicture *picture, int left, int top)
{
  float block[BLOCK], frequency[BLOCK];
  int number[BLOCK];

  cut_block(picture, left, top, block);
  transform(encoder, block, frequency);
  for (int i = 0; i < BLOCK; i++) {
    int at = ZIGZAG[i];
    /* Ten bits hold the largest; more only by a rounding upwards. */
    number[i] = (int)CLAMP(lrintf(frequency[at] / encoder->quantum[at]), -1023, 1023);
  }
  put_coefficients(encoder, number);
}

/* -- the file ----------------------------------------------------------------------- */

static void
put_table(
    GByteArray *out, guint8 which, const guint8 lengths[16], const guint8 *values, int n)
{
  put_short(out, 0xffc4);
  put_short(out, 2 + 1 + 16 + n);
  put(out, which);
  g_byte_array_append(out, lengths, 16);
  g_byte_array_append(out, values, (guint)n);
}

static void
put_header(Encoder *encoder, const GreyPicture *picture)
{
  static const guint8 JFIF[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F',
                                0,    1,    1,    0,    0, 1,  0,   1,   0,   0};
  GByteArray *out = encoder->out;

  g_byte_array_append(out, JFIF, sizeof JFIF);
  put_short(out, 0xffdb);
  put_short(out, 2 + 1 + BLOCK);
  put(out, 0);
  for (int i = 0; i < BLOCK; i++)
    put(out, encoder->quantum[ZIGZAG[i]]);
  put_short(out, 0xffc0);
  put_short(out, 11);
  put(out, 8);
  put_short(out, picture->height);
  put_short(out, picture->width);
  g_byte_array_append(out, (const guint8[]){1, 1, 0x11, 0}, 4);
  put_table(out, 0x00, DC_LENGTHS, DC_VALUES, G_N_ELEMENTS(DC_VALUES));
  put_table(out, 0x10, AC_LENGTHS, AC_VALUES, G_N_ELEMENTS(AC_VALUES));
  put_short(out, 0xffda);
  g_byte_array_append(out, (const guint8[]){0, 8, 1, 1, 0, 0, 63, 0}, 8);
}

static void
make_ready(Encoder *encoder, int quality)
{
  int q = CLAMP(quality, 1, 100), scale = q < 50 ? 5000 / q : 200 - 2 * q;

  for (int i = 0; i < BLOCK; i++)
    encoder->quantum[i] = (guint8)CLAMP((LUMINANCE[i] * scale + 50) / 100, 1, 255);
  for (int u = 0; u < SIDE; u++)
    for (int x = 0; x < SIDE; x++)
      encoder->cosine[u][x] =
          (float)(0.5 * (u ? 1 : G_SQRT2 / 2) * cos((2 * x + 1) * u * G_PI / 16));
  fill_codes(&encoder->dc, DC_LENGTHS, DC_VALUES);
  fill_codes(&encoder->ac, AC_LENGTHS, AC_VALUES);
}

GBytes *
grey_jpeg_encode(const GreyPicture *picture, int quality)
{
  Encoder encoder = {.out = g_byte_array_new()};

  make_ready(&encoder, quality);
  put_header(&encoder, picture);
  for (int top = 0; top < picture->height; top += SIDE)
    for (int left = 0; left < picture->width; left += SIDE)
      put_block(&encoder, picture, left, top);
  /* The last byte is filled with ones. */
  put_bits(&encoder, 0x7f, 7);
  put_short(encoder.out, 0xffd9);
  return g_byte_array_free_to_bytes(encoder.out);
}
