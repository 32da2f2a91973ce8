#include "app/domain/money.h"

#include "app/domain/decimal.h"

#define MAX_WHOLE 99999999

/* A price of a kilogram times milligrams leaves 64 bits long before the result does. */
typedef __int128 Wide;

Money
money_share(Money amount, int64_t numerator, int64_t denominator)
{
  g_assert(denominator > 0);
  Wide product = (Wide)amount * numerator;
  Wide half = denominator / 2;
  /* An odd denominator has no exact half: its truncated half rounds rightly all the same.
   */
  return (Money)((product < 0 ? product - half : product + half) / denominator);
}

static int
largest_remainder(const int64_t *remainders, int n)
{
  int largest = 0;
  for (int i = 1; i < n; i++) {
    if (remainders[i] > remainders[largest])
      largest = i;
  }
  return largest;
}

void
money_allocate(Money total, const Money *weights, int n, Money *ret_parts)
{
  Wide sum = 0;
  for (int i = 0; i < n; i++) {
    g_assert(weights[i] >= 0);
    sum += weights[i];
  }
  g_assert(sum > 0 && sum <= INT64_MAX);

  Money sign = total < 0 ? -1 : 1;
  Money left = total * sign;
  int64_t *remainders = g_new(int64_t, n);
  for (int i = 0; i < n; i++) {
    Wide share = (Wide)(total * sign) * weights[i];
    ret_parts[i] = (Money)(share / sum) * sign;
    remainders[i] = (int64_t)(share % sum);
    left -= (Money)(share / sum);
  }
  for (; left > 0; left--) {
    int i = largest_remainder(remainders, n);
    ret_parts[i] += sign;
    remainders[i] = -1;
  }
  g_free(remainders);
}

Money
money_round_down(Money amount, Money step)
{
  g_assert(step > 0);
  Money above = amount % step;
  return amount - (above < 0 ? above + step : above);
}

char *
money_text(Money amount)
{
  return decimal_text(amount, 2, 2);
}

bool
money_parse(const char *text, Money *ret_amount)
{
  return decimal_parse(text, 2, MAX_WHOLE, ret_amount);
}
