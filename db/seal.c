#include "db/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_BYTES 32

struct Seal {
  unsigned char key[KEY_BYTES];
};

static bool
fail(GError **error, const char *path, const char *why)
{
  g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, why);
  return false;
}

static bool
write_key(int fd, const unsigned char key[KEY_BYTES])
{
  return write(fd, key, KEY_BYTES) == KEY_BYTES && fsync(fd) == 0;
}

/* The key takes its name only when it is whole on disk: half a key would lock everybody
 * out. */
static bool
make_key(const char *path, GError **error)
{
  unsigned char key[KEY_BYTES];
  g_autofree char *part = g_strconcat(path, ".part", NULL);
  g_remove(part);
  int fd = g_open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
  if (fd < 0)
    return fail(error, part, g_strerror(errno));
  randombytes_buf(key, sizeof key);
  bool written = write_key(fd, key);
  sodium_memzero(key, sizeof key);
  close(fd);
  /* link() refuses where rename() would replace: somebody else's key is never
   * overwritten. */
  bool named = written && (link(part, path) == 0 || errno == EEXIST);
  int saved = errno;
  g_remove(part);
  return named || fail(error, path, g_strerror(saved));
}

static bool
read_key(const char *path, Seal *seal, GError **error)
{
  int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return fail(error, path, g_strerror(errno));
  unsigned char bytes[KEY_BYTES + 1];
  ssize_t n = read(fd, bytes, sizeof bytes);
  struct stat status;
  if (fstat(fd, &status) == 0 && (status.st_mode & 077) != 0)
    (void)fchmod(fd, 0400); /* a copy or a backup may have opened it to others */
  close(fd);
  if (n == KEY_BYTES)
    memcpy(seal->key, bytes, KEY_BYTES);
  sodium_memzero(bytes, sizeof bytes);
  return n == KEY_BYTES || fail(error, path, "is not a device key");
}

Seal *
seal_open(const char *path, GError **error)
{
  if (sodium_init() < 0)
    g_error("libsodium does not start");
  if (!g_file_test(path, G_FILE_TEST_EXISTS) && !make_key(path, error))
    return NULL;
  g_autoptr(Seal) seal = sodium_malloc(sizeof *seal);
  if (!seal)
    g_error("no memory for the device key");
  return read_key(path, seal, error) ? g_steal_pointer(&seal) : NULL;
}

void
seal_free(Seal *seal)
{
  sodium_free(seal); /* wipes */
}

/* Each purpose has a key of its own, so that a mark for one says nothing about another.
 */
static void
key_for(const Seal *seal, const char *purpose, unsigned char ret_key[KEY_BYTES])
{
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, seal->key, KEY_BYTES);
  crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose));
  crypto_auth_hmacsha256_final(&state, ret_key);
}

void
seal_mark(const Seal *seal,
          const char *purpose,
          const void *bytes,
          gsize length,
          unsigned char ret[32])
{
  unsigned char key[KEY_BYTES];
  key_for(seal, purpose, key);
  crypto_auth_hmacsha256(ret, bytes, length, key);
  sodium_memzero(key, sizeof key);
}

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG   crypto_aead_xchacha20poly1305_ietf_ABYTES

GBytes *
seal_close(const Seal *seal, const char *where, const void *bytes, gsize length)
{
  unsigned char key[KEY_BYTES];
  unsigned char *sealed = g_malloc(NONCE + length + TAG);
  key_for(seal, "seal", key);
  randombytes_buf(sealed, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE,
                                             NULL,
                                             bytes,
                                             length,
                                             (const unsigned char *)where,
                                             strlen(where),
                                             NULL,
                                             sealed,
                                             key);
  sodium_memzero(key, sizeof key);
  return g_bytes_new_take(sealed, NONCE + length + TAG);
}

GBytes *
seal_lift(const Seal *seal, const char *where, GBytes *sealed)
{
  gsize length = 0;
  const unsigned char *bytes = g_bytes_get_data(sealed, &length);
  if (length < NONCE + TAG)
    return NULL;
  unsigned char key[KEY_BYTES];
  gsize size = length - NONCE - TAG;
  unsigned char *open = g_malloc(size + 1); /* the NUL lets text be read as a string */
  key_for(seal, "seal", key);
  int rc = crypto_aead_xchacha20poly1305_ietf_decrypt(open,
                                                      NULL,
                                                      NULL,
                                                      bytes + NONCE,
                                                      length - NONCE,
                                                      (const unsigned char *)where,
                                                      strlen(where),
                                                      bytes,
                                                      key);
  sodium_memzero(key, sizeof key);
  open[size] = '\0';
  if (rc == 0)
    return g_bytes_new_take(open, size);
  g_free(open);
  return NULL;
}
