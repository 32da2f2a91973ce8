#include "sync/hub/columns.h"

#include <string.h>

#include "app/base/command.h"

#define ARTICLES (1 << LIST_ARTICLES)
#define STOCK    (1 << LIST_STOCK)
#define PRICES   (1 << LIST_PRICES)
#define STAFF    (1 << LIST_STAFF)

/* Names are compared without case, accents, blanks, _ - * / . : and what stands in
 * brackets; here they are written so already, apart by blanks. */
static const struct {
  Field field;
  int kinds;
  const char *names;
} NAMES[] = {
    {FIELD_CODE,
     ARTICLES | STOCK | PRICES,
     "code 商品编码 商品编号 商品代码 编码 编号 货号 药品编码 药品编号 sku articlecode "
     "article "
     "articleno itemcode itemno codearticle reference"},
    {FIELD_BARCODE,
     ARTICLES | STOCK | PRICES,
     "barcode barcodes 条码 条形码 国际条码 商品条码 69码 ean ean13 gtin upc codebarre "
     "codebarres "
     "cip13"},
    {FIELD_STD_CODE, ARTICLES, "stdcode 本位码 药品本位码 国家药品编码"},
    {FIELD_GENERIC_NAME,
     ARTICLES,
     "genericname 通用名 通用名称 药品通用名 商品通用名 denomination designation"},
    {FIELD_TRADE_NAME, ARTICLES, "tradename 商品名 品牌 品牌名 brand brandname marque"},
    {FIELD_SPEC,
     ARTICLES,
     "spec specification 规格 药品规格 商品规格 规格型号 strength packsize presentation "
     "dosage conditionnement"},
    {FIELD_FORM, ARTICLES, "form dosageform 剂型 forme formepharmaceutique"},
    {FIELD_MAKER,
     ARTICLES,
     "maker manufacturer 生产企业 生产厂家 厂家 厂商 生产商 生产单位 制造商 titulaire "
     "fabricant "
     "laboratoire holder 上市许可持有人"},
    {FIELD_APPROVAL_NO,
     ARTICLES,
     "approvalno approvalnumber approval 批准文号 国药准字 注册证号 备案号 批文 licence "
     "licenseno licenceno amm"},
    {FIELD_ORIGIN, ARTICLES, "origin 产地 origine"},
    {FIELD_CLASS,
     ARTICLES,
     "class legalclass 类别 药品分类 药品类别 处方类别 处方分类 商品类别 管理类别 分类 "
     "classe "
     "rxotc otc"},
    {FIELD_SPECIAL,
     ARTICLES,
     "special 特殊管理 特殊药品 特管 管制 special group specialgroup"},
    {FIELD_UNIT,
     ARTICLES | STOCK | PRICES,
     "unit 单位 包装单位 销售单位 计量单位 packageunit packunit unite"},
    {FIELD_BASE,
     ARTICLES,
     "base 包装数 包装数量 换算 换算率 换算系数 拆零数 拆零比 中包装 unitsperpackage "
     "packquantity baseperunit"},
    {FIELD_LOOSE_UNIT, ARTICLES, "looseunit 拆零单位 最小单位 小单位 splitunit"},
    {FIELD_LOOSE_PRICE, ARTICLES, "looseprice 拆零价 拆零价格 拆零零售价 splitprice"},
    {FIELD_LOOSE_BARCODE, ARTICLES, "loosebarcode 拆零条码 splitbarcode"},
    {FIELD_PRICE,
     ARTICLES | PRICES,
     "price 零售价 售价 价格 单价 销售价 零售价格 retailprice retail shelfprice prix "
     "prixttc "
     "prixpublic"},
    {FIELD_TAX, ARTICLES, "tax taxrate vat 税率 增值税率 销项税率 tva tauxtva"},
    {FIELD_STORAGE,
     ARTICLES,
     "storage 储存条件 贮藏 贮存条件 存储条件 储藏条件 storageconditions stockage "
     "conservation"},
    {FIELD_MEASURE, ARTICLES, "measure 计量 计量方式 计价方式"},
    {FIELD_NEAR_DAYS, ARTICLES, "neardays 近效期天数 近效期 近效期预警 预警天数"},
    {FIELD_INSURED, ARTICLES, "insured 医保 是否医保 医保类别 医保类型 insurance"},
    {FIELD_TRACE, ARTICLES, "trace tracerequired 追溯码 追溯 是否追溯 电子监管"},
    {FIELD_ACTIVE, ARTICLES | STAFF, "active 启用 是否启用 在售 在用 在职 actif"},
    {FIELD_MNEMONICS,
     ARTICLES,
     "mnemonics mnemonic 助记码 拼音码 拼音 拼音简码 首拼 pinyininitials pinyin"},
    {FIELD_RANK, ARTICLES, "rank 销量排名 排名 排序 popularity rang"},
    {FIELD_LOT, STOCK, "lot lotno batch batchno 批号 产品批号 生产批号 numerodelot"},
    {FIELD_EXPIRY,
     STOCK,
     "expiry expirydate expires 有效期 效期 有效期至 失效期 到期日 peremption "
     "datedeperemption"},
    {FIELD_QTY, STOCK, "qty quantity stock 数量 库存 库存数量 库存量 现存量 quantite"},
    {FIELD_SHELF, STOCK, "shelf location 货位 货架 货位号 库位 emplacement rayon"},
    {FIELD_STATE, STOCK, "state 质量状态 状态 etat"},
    {FIELD_FROM, PRICES, "from validfrom 生效日期 生效 开始日期 执行日期 apartirdu"},
    {FIELD_REASON, PRICES, "reason 原因 调价原因 备注 motif"},
    {FIELD_NUMBER,
     STAFF,
     "number staffnumber staffno no 工号 员工号 员工编号 numero matricule"},
    {FIELD_NAME, STAFF, "name 姓名 员工姓名 nom"},
    {FIELD_ROLE, STAFF, "role 岗位 职务 角色 职位 fonction"},
    {FIELD_PIN, STAFF, "pin 密码 口令 pincode"},
    {FIELD_BADGE, STAFF, "badge 工牌 工牌号 胸卡"},
    {FIELD_RIGHTS, STAFF, "rights 权限 droits"},
    {FIELD_DISCOUNT_LIMIT,
     STAFF,
     "discountlimit maxdiscount 折扣上限 最大折扣 折扣权限 remisemax"},
    {FIELD_PRICE_LIMIT, STAFF, "pricelimit 改价上限 改价权限"},
    {FIELD_REFUND_LIMIT, STAFF, "refundlimit 退款上限 退货上限"},
    {FIELD_COUNT_LIMIT, STAFF, "countlimit 盘点差异上限 盘点上限"},
    {FIELD_REG_NUMBER, STAFF, "registration 注册证号 执业药师注册证号 药师证号"},
    {FIELD_REG_KIND, STAFF, "registrationkind 药师类别 证书类别"},
    {FIELD_REG_SCOPE, STAFF, "registrationscope 执业范围 执业类别"},
    {FIELD_REG_FROM, STAFF, "registrationfrom 注册日期 证书生效日期"},
    {FIELD_REG_TO, STAFF, "registrationto 注册有效期至 证书有效期至"},
};

/* Names that may mean the generic name, when no other column is it. */
static const char WEAK_NAMES[] =
    "商品名称 药品名称 品名 名称 name drugname productname articlename nom libelle";

static const char *const FIELD_NAMES[N_FIELDS] = {
    "code",   "barcode",   "std_code",    "generic_name", "trade_name",    "spec",
    "form",   "maker",     "approval_no", "origin",       "class",         "special",
    "unit",   "base",      "loose_unit",  "loose_price",  "loose_barcode", "price",
    "tax",    "storage",   "measure",     "near_days",    "insured",       "trace",
    "active", "mnemonics", "rank",        "lot",          "expiry",        "qty",
    "shelf",  "state",     "from",        "reason",       "number",        "name",
    "role",   "pin",       "badge",       "rights",       "discount_limit"};

const char *
field_name(Field field)
{
  return FIELD_NAMES[field];
}

static bool
opens(gunichar c)
{
  return c == '(' || c == '[' || c == 0xff08 || c == 0x3010;
}

static bool
closes(gunichar c)
{
  return c == ')' || c == ']' || c == 0xff09 || c == 0x3011;
}

/* As NAMES are written (transfer full). */
static char *
bare_name(const char *name)
{
  g_autofree char *folded = g_utf8_normalize(name, -1, G_NORMALIZE_NFKD);
  g_autofree char *lower = g_utf8_casefold(folded ? folded : "", -1);
  GString *out = g_string_new(NULL);
  int depth = 0;
  for (const char *p = lower; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    depth += opens(c) ? 1 : 0;
    bool is_letter = g_unichar_isalnum(c) && !g_unichar_ismark(c);
    if (depth == 0 && is_letter)
      g_string_append_unichar(out, c);
    depth -= closes(c) && depth > 0 ? 1 : 0;
  }
  return g_string_free(out, FALSE);
}

static bool
is_one_of(const char *names, const char *name)
{
  gsize length = strlen(name);
  for (const char *at = strstr(names, name); at && length; at = strstr(at + 1, name)) {
    bool begins = at == names || at[-1] == ' ';
    bool ends = at[length] == '\0' || at[length] == ' ';
    if (begins && ends)
      return true;
  }
  return false;
}

/* @return N_FIELDS when @name means nothing in a list of this kind. */
static Field
find_field(ListKind kind, const char *name)
{
  g_autofree char *bare = bare_name(name);
  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    if ((NAMES[i].kinds & (1 << kind)) && is_one_of(NAMES[i].names, bare))
      return NAMES[i].field;
  }
  return N_FIELDS;
}

static void
columns_init(Columns *columns, guint n)
{
  for (int i = 0; i < N_FIELDS; i++)
    columns->at[i] = -1;
  columns->n = n;
  columns->left_out = g_ptr_array_new_with_free_func(g_free);
}

void
columns_clear(Columns *columns)
{
  g_clear_pointer(&columns->left_out, g_ptr_array_unref);
}

static bool
refuse_double(const Columns *columns, Field field, guint at, GError **error)
{
  g_set_error(error,
              COMMAND_ERROR,
              COMMAND_ERROR_ARGUMENT,
              "columns %d and %u are both the %s; name the columns with --columns",
              columns->at[field] + 1,
              at + 1,
              field_name(field));
  return false;
}

static bool
is_weak(ListKind kind, const char *name)
{
  g_autofree char *bare = bare_name(name);
  return kind == LIST_ARTICLES && is_one_of(WEAK_NAMES, bare);
}

/* A second column of the same field is refused: nobody could say which one counts. */
static bool
put_column(Columns *columns, ListKind kind, guint at, const char *name, GError **error)
{
  if (is_weak(kind, name))
    return true;
  Field field = find_field(kind, name);
  if (field == N_FIELDS) {
    g_ptr_array_add(columns->left_out, g_strdup(name));
    return true;
  }
  if (columns->at[field] >= 0)
    return refuse_double(columns, field, at, error);
  columns->at[field] = (int)at;
  return true;
}

/* 商品名称 is the generic name in one list and the brand in the next: it is the former
 * only where no other column is. */
static void
put_weak_column(Columns *columns, ListKind kind, guint at, const char *name)
{
  if (!is_weak(kind, name))
    return;
  if (columns->at[FIELD_GENERIC_NAME] < 0)
    columns->at[FIELD_GENERIC_NAME] = (int)at;
  else if (strstr(name, "商品") && columns->at[FIELD_TRADE_NAME] < 0)
    columns->at[FIELD_TRADE_NAME] = (int)at;
  else
    g_ptr_array_add(columns->left_out, g_strdup(name));
}

static bool
has_needed(const Columns *columns, ListKind kind, GError **error)
{
  static const Field NEEDED[][3] = {
      [LIST_ARTICLES] = {FIELD_CODE, FIELD_GENERIC_NAME, N_FIELDS},
      [LIST_STOCK] = {FIELD_QTY, N_FIELDS},
      [LIST_PRICES] = {FIELD_PRICE, N_FIELDS},
      [LIST_STAFF] = {FIELD_NUMBER, FIELD_NAME, N_FIELDS},
  };
  for (const Field *field = NEEDED[kind]; *field != N_FIELDS; field++) {
    if (columns->at[*field] < 0) {
      g_set_error(error,
                  COMMAND_ERROR,
                  COMMAND_ERROR_ARGUMENT,
                  "no column is the %s; is the first line the names of the columns? "
                  "Else name them with --columns",
                  field_name(*field));
      return false;
    }
  }
  return true;
}

bool
columns_from_header(ListKind kind, const GPtrArray *header, Columns *ret, GError **error)
{
  g_auto(Columns) columns = {0};
  columns_init(&columns, header->len);
  for (guint i = 0; i < header->len; i++) {
    if (!put_column(&columns, kind, i, header->pdata[i], error))
      return false;
  }
  for (guint i = 0; i < header->len; i++)
    put_weak_column(&columns, kind, i, header->pdata[i]);
  if (!has_needed(&columns, kind, error))
    return false;
  *ret = columns;
  columns.left_out = NULL;
  return true;
}

bool
columns_from_names(ListKind kind, const char *names, Columns *ret, GError **error)
{
  g_auto(Columns) columns = {0};
  g_auto(GStrv) list = g_strsplit(names, ",", -1);
  columns_init(&columns, g_strv_length(list));
  for (guint i = 0; list[i]; i++) {
    g_strstrip(list[i]);
    if (strcmp(list[i], "-") == 0 || *list[i] == '\0')
      continue;
    if (find_field(kind, list[i]) == N_FIELDS && !is_weak(kind, list[i])) {
      g_set_error(error,
                  COMMAND_ERROR,
                  COMMAND_ERROR_ARGUMENT,
                  "no column is called %s here",
                  list[i]);
      return false;
    }
    if (!put_column(&columns, kind, i, list[i], error))
      return false;
    put_weak_column(&columns, kind, i, list[i]);
  }
  if (!has_needed(&columns, kind, error))
    return false;
  *ret = columns;
  columns.left_out = NULL;
  return true;
}
