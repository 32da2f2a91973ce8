#include "tests/usb/vdev.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#define ENDPOINTS  32
#define INTERFACES 8
#define NOT_MINE   (VDEV_NAK + 1)

typedef struct {
  bool halted, nak;
  int packet;
  int room;  /* -1: all */
  GQueue in; /* of GBytes: packets that wait for the host */
} Endpoint;

struct Vdev {
  /* pthread's own, not GLib's: ThreadSanitizer sees these. */
  pthread_mutex_t lock;
  const VdevInfo *info;
  gpointer self;
  bool gone;
  Endpoint endpoints[ENDPOINTS];
  int alternates[INTERFACES];
  guint8 configuration;
  GQueue pending; /* of VdevRequest */
  GByteArray *sent;
};

static Endpoint *
endpoint_of(Vdev *vdev, guint8 address)
{
  return &vdev->endpoints[(address & 0x0f) | (address & 0x80) >> 3];
}

static void
read_packets(Vdev *vdev)
{
  const guint8 *config = vdev->info->config;
  gsize length = vdev->info->config_length;
  for (gsize at = 0; at + 7 <= length && config[at] >= 2; at += config[at])
    if (config[at + 1] == 5)
      endpoint_of(vdev, config[at + 2])->packet = config[at + 4] | config[at + 5] << 8;
}

Vdev *
vdev_new(const VdevInfo *info, gpointer self)
{
  Vdev *vdev = g_new0(Vdev, 1);
  pthread_mutexattr_t recursive;
  pthread_mutexattr_init(&recursive);
  pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&vdev->lock, &recursive);
  pthread_mutexattr_destroy(&recursive);
  vdev->info = info;
  vdev->self = self;
  vdev->configuration = 1;
  vdev->sent = g_byte_array_new();
  g_queue_init(&vdev->pending);
  for (int i = 0; i < ENDPOINTS; i++) {
    vdev->endpoints[i] = (Endpoint){.packet = 64, .room = -1};
    g_queue_init(&vdev->endpoints[i].in);
  }
  read_packets(vdev);
  return vdev;
}

void
vdev_free(Vdev *vdev)
{
  if (!vdev)
    return;
  for (int i = 0; i < ENDPOINTS; i++)
    g_queue_clear_full(&vdev->endpoints[i].in, (GDestroyNotify)g_bytes_unref);
  g_byte_array_unref(vdev->sent);
  pthread_mutex_destroy(&vdev->lock);
  g_free(vdev);
}

const VdevInfo *
vdev_info(const Vdev *vdev)
{
  return vdev->info;
}

void
vdev_lock(Vdev *vdev)
{
  pthread_mutex_lock(&vdev->lock);
}

void
vdev_unlock(Vdev *vdev)
{
  pthread_mutex_unlock(&vdev->lock);
}

void
vdev_device_descriptor(const Vdev *vdev, guint8 ret_bytes[18])
{
  const VdevInfo *info = vdev->info;
  const guint8 bytes[18] = {18,
                            1,
                            0x00,
                            0x02,
                            0,
                            0,
                            0,
                            64,
                            info->vendor & 0xff,
                            (guint8)(info->vendor >> 8),
                            info->product & 0xff,
                            (guint8)(info->product >> 8),
                            0x00,
                            0x01,
                            info->maker ? 1 : 0,
                            info->name ? 2 : 0,
                            info->serial ? 3 : 0,
                            1};
  memcpy(ret_bytes, bytes, sizeof bytes);
}

static int
give(guint8 *to, int room, const guint8 *from, gsize length)
{
  int n = MIN(room, (int)length);
  if (n > 0)
    memcpy(to, from, (gsize)n);
  return n;
}

static int
give_string(const Vdev *vdev, unsigned index, guint8 *bytes, int room)
{
  const char *const texts[] = {
      NULL, vdev->info->maker, vdev->info->name, vdev->info->serial};
  guint8 answer[256] = {4, 3, 0x09, 0x04};
  int n = 4;
  if (index > 0) {
    const char *text = index < G_N_ELEMENTS(texts) ? texts[index] : NULL;
    if (!text)
      return -EPIPE;
    for (n = 2; *text && n < 254; n += 2) {
      answer[n] = (guint8)*text++;
      answer[n + 1] = 0;
    }
    answer[0] = (guint8)n;
  }
  return give(bytes, room, answer, (gsize)n);
}

static int
give_descriptor(const Vdev *vdev, const guint8 setup[8], guint8 *bytes, int room)
{
  guint8 device[18];
  switch (setup[3]) {
  case 1:
    vdev_device_descriptor(vdev, device);
    return give(bytes, room, device, sizeof device);
  case 2:
    return give(bytes, room, vdev->info->config, vdev->info->config_length);
  case 3:
    return give_string(vdev, setup[2], bytes, room);
  default:
    return -EPIPE;
  }
}

bool
vdev_set_alternate(Vdev *vdev, int interface, int setting)
{
  const guint8 *config = vdev->info->config;
  gsize length = vdev->info->config_length;
  bool has_it = false;
  for (gsize at = 0; at + 9 <= length && config[at] >= 2; at += config[at])
    has_it = has_it || (config[at + 1] == 4 && config[at + 2] == interface &&
                        config[at + 3] == setting);
  vdev_lock(vdev);
  if (has_it)
    vdev->alternates[interface % INTERFACES] = setting;
  vdev_unlock(vdev);
  return has_it;
}

/* USB 2.0, 9.4: what each device answers in the same way. */
static int
standard_control(Vdev *vdev, const guint8 setup[8], guint8 *bytes, int room)
{
  static const guint8 NOTHING[2];
  switch (setup[1]) {
  case 0:
    return give(bytes, room, NOTHING, 2);
  case 1:
    if (setup[0] == 2)
      endpoint_of(vdev, setup[4])->halted = false;
    return 0;
  case 6:
    return setup[0] == 0x80 ? give_descriptor(vdev, setup, bytes, room) : NOT_MINE;
  case 8:
    return give(bytes, room, &vdev->configuration, 1);
  case 9:
    return 0;
  case 10: {
    guint8 alternate = (guint8)vdev->alternates[setup[4] % INTERFACES];
    return give(bytes, room, &alternate, 1);
  }
  case 11:
    return vdev_set_alternate(vdev, setup[4], setup[2]) ? 0 : -EPIPE;
  default:
    return -EPIPE;
  }
}

static void
finish(VdevRequest *request, int status)
{
  request->status = status;
  request->done(request);
}

static bool
try_control(Vdev *vdev, VdevRequest *request)
{
  int n = NOT_MINE;
  if ((request->setup[0] & 0x60) == 0)
    n = standard_control(vdev, request->setup, request->bytes, request->length);
  if (n == NOT_MINE)
    n = vdev->info->control
            ? vdev->info->control(
                  vdev->self, vdev, request->setup, request->bytes, request->length)
            : -EPIPE;
  if (n == VDEV_NAK)
    return false;
  request->actual = MAX(n, 0);
  finish(request, MIN(n, 0));
  return true;
}

/* A short packet ends a transfer, as on the wire. */
static bool
try_in(Endpoint *endpoint, VdevRequest *request)
{
  GBytes *packet;
  while ((packet = g_queue_pop_head(&endpoint->in))) {
    gsize length;
    const guint8 *bytes = g_bytes_get_data(packet, &length);
    int room = request->length - request->actual;
    bool is_babble = (int)length > room;
    request->actual += give(request->bytes + request->actual, room, bytes, length);
    g_bytes_unref(packet);
    if (is_babble || (int)length < endpoint->packet ||
        request->actual == request->length) {
      finish(request, is_babble ? -EOVERFLOW : 0);
      return true;
    }
  }
  return false;
}

static int
take_packet(
    Vdev *vdev, Endpoint *endpoint, guint8 address, const guint8 *bytes, int length)
{
  if (endpoint->room == 0 && length > 0)
    return VDEV_NAK;
  if (endpoint->room > 0)
    length = MIN(length, endpoint->room);
  int n = length;
  if (vdev->info->out)
    n = vdev->info->out(vdev->self, vdev, address, bytes, length);
  else
    g_byte_array_append(vdev->sent, bytes, (guint)length);
  if (endpoint->room > 0 && n > 0)
    endpoint->room -= n;
  return n;
}

static bool
try_out(Vdev *vdev, Endpoint *endpoint, VdevRequest *request)
{
  do {
    int length = MIN(endpoint->packet, request->length - request->actual);
    int n = take_packet(
        vdev, endpoint, request->endpoint, request->bytes + request->actual, length);
    if (n == VDEV_NAK)
      return false;
    if (n < 0) {
      finish(request, n);
      return true;
    }
    request->actual += n;
    if (n < length)
      return false;
  } while (request->actual < request->length);
  finish(request, 0);
  return true;
}

/* @return true when it was finished. */
static bool
try_request(Vdev *vdev, VdevRequest *request)
{
  Endpoint *endpoint = endpoint_of(vdev, request->endpoint);
  if (request->kind == VDEV_CONTROL)
    return try_control(vdev, request);
  if (endpoint->halted) {
    finish(request, -EPIPE);
    return true;
  }
  if (endpoint->nak)
    return false;
  return request->endpoint & 0x80 ? try_in(endpoint, request)
                                  : try_out(vdev, endpoint, request);
}

/* Requests of one endpoint keep their order. */
static bool
has_to_wait(const Vdev *vdev, const VdevRequest *request)
{
  for (GList *at = vdev->pending.head; at; at = at->next) {
    const VdevRequest *other = at->data;
    if (request->kind != VDEV_CONTROL && other->kind != VDEV_CONTROL &&
        other->endpoint == request->endpoint)
      return true;
  }
  return false;
}

void
vdev_submit(Vdev *vdev, VdevRequest *request)
{
  vdev_lock(vdev);
  request->link = (GList){.data = request};
  request->actual = 0;
  if (vdev->gone)
    finish(request, -ESHUTDOWN);
  else if (has_to_wait(vdev, request) || !try_request(vdev, request))
    g_queue_push_tail_link(&vdev->pending, &request->link);
  vdev_unlock(vdev);
}

bool
vdev_cancel(Vdev *vdev, VdevRequest *request)
{
  vdev_lock(vdev);
  bool waits = g_queue_link_index(&vdev->pending, &request->link) >= 0;
  if (waits) {
    g_queue_unlink(&vdev->pending, &request->link);
    finish(request, -ENOENT);
  }
  vdev_unlock(vdev);
  return waits;
}

/* @return the first that nobody has tried in this round. */
static VdevRequest *
next_untried(Vdev *vdev, GHashTable *tried)
{
  for (GList *at = vdev->pending.head; at; at = at->next) {
    VdevRequest *request = at->data;
    gpointer key =
        GUINT_TO_POINTER(request->kind == VDEV_CONTROL ? 0x100U : request->endpoint);
    if (!g_hash_table_contains(tried, key))
      return request;
  }
  return NULL;
}

/* An endpoint whose first request still waits is left alone: the others come after it. */
void
vdev_kick(Vdev *vdev)
{
  vdev_lock(vdev);
  g_autoptr(GHashTable) tried = g_hash_table_new(NULL, NULL);
  for (VdevRequest *request; (request = next_untried(vdev, tried));) {
    gpointer key =
        GUINT_TO_POINTER(request->kind == VDEV_CONTROL ? 0x100U : request->endpoint);
    gint place = g_queue_link_index(&vdev->pending, &request->link);
    g_queue_unlink(&vdev->pending, &request->link);
    if (try_request(vdev, request))
      continue;
    g_queue_push_nth_link(&vdev->pending, place, &request->link);
    g_hash_table_add(tried, key);
  }
  vdev_unlock(vdev);
}

void
vdev_push(Vdev *vdev, guint8 endpoint, const void *bytes, gsize length)
{
  vdev_lock(vdev);
  Endpoint *to = endpoint_of(vdev, endpoint);
  gsize at = 0;
  do {
    gsize n = MIN((gsize)to->packet, length - at);
    g_queue_push_tail(&to->in, g_bytes_new((const guint8 *)bytes + at, n));
    at += n;
  } while (at < length);
  vdev_kick(vdev);
  vdev_unlock(vdev);
}

void
vdev_set_halt(Vdev *vdev, guint8 endpoint, bool is_halted)
{
  vdev_lock(vdev);
  endpoint_of(vdev, endpoint)->halted = is_halted;
  vdev_kick(vdev);
  vdev_unlock(vdev);
}

void
vdev_set_nak(Vdev *vdev, guint8 endpoint, bool is_busy)
{
  vdev_lock(vdev);
  endpoint_of(vdev, endpoint)->nak = is_busy;
  vdev_kick(vdev);
  vdev_unlock(vdev);
}

void
vdev_set_room(Vdev *vdev, guint8 endpoint, int bytes)
{
  vdev_lock(vdev);
  endpoint_of(vdev, endpoint)->room = bytes;
  vdev_kick(vdev);
  vdev_unlock(vdev);
}

void
vdev_fail_pending(Vdev *vdev, int status)
{
  GList *link;
  vdev_lock(vdev);
  while ((link = g_queue_pop_head_link(&vdev->pending)))
    finish(link->data, status);
  vdev_unlock(vdev);
}

void
vdev_set_gone(Vdev *vdev, bool is_gone)
{
  vdev_lock(vdev);
  vdev->gone = is_gone;
  if (is_gone)
    vdev_fail_pending(vdev, -ESHUTDOWN);
  /* A device that comes back has been without power. */
  for (int i = 0; i < ENDPOINTS && !is_gone; i++) {
    vdev->endpoints[i].halted = false;
    g_queue_clear_full(&vdev->endpoints[i].in, (GDestroyNotify)g_bytes_unref);
  }
  memset(vdev->alternates, 0, sizeof vdev->alternates);
  vdev_unlock(vdev);
}

int
vdev_pending(Vdev *vdev)
{
  vdev_lock(vdev);
  int n = (int)vdev->pending.length;
  vdev_unlock(vdev);
  return n;
}

GByteArray *
vdev_sent(Vdev *vdev)
{
  vdev_lock(vdev);
  GByteArray *sent = vdev->sent;
  vdev->sent = g_byte_array_new();
  vdev_unlock(vdev);
  return sent;
}

void
vdev_keep(Vdev *vdev, const guint8 *bytes, int length)
{
  vdev_lock(vdev);
  g_byte_array_append(vdev->sent, bytes, (guint)length);
  vdev_unlock(vdev);
}

int
vdev_alternate(Vdev *vdev, int interface)
{
  vdev_lock(vdev);
  int alternate = vdev->alternates[interface % INTERFACES];
  vdev_unlock(vdev);
  return alternate;
}
