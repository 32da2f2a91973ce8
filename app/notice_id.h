/* notice_id: what a notice may be about; its words stand in ui/sentences.c. The comments
 * say what its particulars (app/notice.h) mean there. */
#pragma once

typedef enum {
  NOTICE_NOTHING,
  NOTICE_RULE,             /* @rule judged; @what: article */
  NOTICE_CODE_UNKNOWN,     /* @what: the code */
  NOTICE_CODE_WRONG_PLACE, /* @barcode_kind */
  NOTICE_CODE_BAD_CHECK,   /* @what */
  NOTICE_CODE_BAD_FIELD,   /* @what: AI */
  NOTICE_CODE_GARBAGE,
  NOTICE_CODE_TOO_LONG,
  NOTICE_PICTURE_EMPTY,      /* no code in it */
  NOTICE_PICTURE_CHOOSE,     /* @number: codes; the search lists what they name */
  NOTICE_PICTURE_SEVERAL,    /* @number, @what: the first few; nothing was done */
  NOTICE_PICTURE_UNREADABLE, /* no picture, or not to be had */
  NOTICE_PICTURE_BROKEN,
  NOTICE_PICTURE_TOO_LARGE,
  NOTICE_PICTURE_TAKEN,    /* by the camera, when it was tried out */
  NOTICE_SEVERAL_ARTICLES, /* @number: how many share the code; the search lists them */
  NOTICE_NOTHING_FOUND,    /* @what: what was typed */
  NOTICE_SALE_FULL,
  NOTICE_NO_LINE, /* the key needs a chosen line */
  NOTICE_BAD_QUANTITY,
  NOTICE_NO_OTHER_UNIT,
  NOTICE_OVERSOLD, /* @what, @number: at hand */
  NOTICE_NO_LOT,
  NOTICE_LOT_UNKNOWN, /* @what: lot */
  NOTICE_SALE_EMPTY,
  NOTICE_GATES, /* @number: things still missing before payment */
  NOTICE_NO_RIGHT,
  NOTICE_AMOUNT_BAD,
  NOTICE_AMOUNT_SHORT,    /* @number: fen missing */
  NOTICE_TENDER_NOT_HERE, /* this way to pay is not connected */
  NOTICE_SALE_KEPT,       /* done; @number: change */
  NOTICE_DISK_FULL,       /* the sale was not taken; the ticket stays */
  NOTICE_STORE_FAILED,    /* @what: for the support */
  NOTICE_HELD,            /* @what: label */
  NOTICE_RECALLED,
  NOTICE_RECALL_GONE,
  NOTICE_TICKET_IN_WORK, /* hold or finish the ticket first */
  NOTICE_TICKET_VOIDED,
  NOTICE_LINE_DELETED,
  NOTICE_PIN_WRONG,  /* @number: tries left before the wait */
  NOTICE_PIN_LOCKED, /* @number: seconds */
  NOTICE_STAFF_UNKNOWN,
  NOTICE_NO_STAFF_YET, /* central has not sent the staff yet */
  NOTICE_PRINTER_GONE,
  NOTICE_PAPER_OUT,
  NOTICE_COVER_OPEN,
  NOTICE_CUTTER_JAM,
  NOTICE_PRINTER_HOT,
  NOTICE_PRINTER_BROKEN,
  NOTICE_PAPER_LOW,
  NOTICE_PRINTER_KIND,  /* @what: its profile */
  NOTICE_DRAWER_OPEN,   /* for too long */
  NOTICE_RECEIPT_WAITS, /* @number: waiting receipts */
  NOTICE_RECEIPT_PRINTED,
  NOTICE_NOTHING_TO_REPRINT,
  NOTICE_CATALOGUE_BROKEN,
  NOTICE_CATALOGUE_EMPTY,
  NOTICE_SYNC_REFUSED,
  NOTICE_BACKUP_MADE,
  NOTICE_BACKUP_FAILED,
  NOTICE_SHIFT_CLOSED,
  NOTICE_CLOCK_MOVED,
  NOTICE_DISCOUNT_SET,
  /* @number: DeviceUse; @what: what the device is called */
  NOTICE_DEVICE_TAKEN,      /* plugged in and used from now on */
  NOTICE_DEVICE_BACK,       /* was gone */
  NOTICE_DEVICE_GONE,       /* pulled out or switched off */
  NOTICE_DEVICE_SPARE,      /* plugged in, could be used, is not */
  NOTICE_DEVICE_MAYBE,      /* keyboard or scanner? */
  NOTICE_DEVICE_WRONG_MODE, /* a scanner in a mode nobody here speaks */
  NOTICE_DEVICE_ACCESS,     /* this user lacks the right */
  NOTICE_DEVICE_BUSY,       /* another program holds it */
  NOTICE_DEVICE_WRONG,      /* it is there, but not what it was taken for */
  NOTICE_DEVICE_NO_ANSWER,
  NOTICE_DEVICE_BROKEN, /* wants to be switched off and on */
  NOTICE_DEVICE_TESTED, /* @what: what came of it */
  NOTICE_PAIRED,
  NOTICE_PAIR_NOT_IT, /* it typed something else */
  NOTICE_PAIR_TOO_LATE,
  NOTICE_LAY_CARD,          /* the buyer's; @what: article; "" when it is tried out */
  NOTICE_CARD_READ,         /* @what: who, masked; @number: age */
  NOTICE_CARD_EXPIRED,      /* @what: who, masked; @number: the day it was valid to */
  NOTICE_CARD_MISREAD,      /* lay it again */
  NOTICE_PUT_CARD,          /* an insurance card, into its reader */
  NOTICE_INSURANCE_READ,    /* @what: who, masked */
  NOTICE_INSURANCE_EXPIRED, /* likewise; @number: the day it was valid to */
  NOTICE_INSURANCE_OTHER,   /* a card of another kind */
  NOTICE_INSURANCE_FAILED,  /* misread or out of order */
  NOTICE_INSURANCE_MUTE,    /* the wrong way round, or dirty */
  NOTICE_INSURANCE_LIBRARY, /* @what: for the support: it could not be attached */
  NOTICE_LABELS_WAIT,       /* @number: waiting labels; for all up to PAUSED */
  NOTICE_LABEL_HEAD_OPEN,
  NOTICE_LABELS_OUT,
  NOTICE_LABEL_JAM,
  NOTICE_LABEL_RIBBON,
  NOTICE_LABEL_PAUSED,
  NOTICE_LABEL_SENT,
  NOTICE_LABEL_TOO_MUCH, /* not all of it fits */
  NOTICE_NO_LABEL_PRINTER,
  NOTICE_NO_SCALE,
  NOTICE_SCALE_MOVES,
  NOTICE_SCALE_EMPTY,
  NOTICE_SCALE_UNDER, /* below zero: wants to be zeroed */
  NOTICE_SCALE_OVER,
  NOTICE_SCALE_FAULT,
  NOTICE_SCALE_UNIT,  /* shows a unit that is no mass here */
  NOTICE_SCALE_SHOWS, /* @number: mg */
  NOTICE_TARE_SET,    /* @number: mg */
  NOTICE_TARE_NONE,
  NOTICE_NOT_BY_WEIGHT, /* @what: article */
  /* @what: somebody's name */
  NOTICE_APPROVED,
  NOTICE_APPROVAL_NEEDED, /* this needs another person */
  NOTICE_APPROVAL_LATE,   /* the minute is over */
  NOTICE_APPROVER_SAME,   /* nobody approves their own act */
  NOTICE_APPROVER_CANNOT,
  NOTICE_APPROVER_LIMIT, /* @number: their limit in bp */
  NOTICE_REASON_MISSING,
  NOTICE_REASON_UNFIT, /* words that say nothing, are too long, or hold a long number */
  NOTICE_DUTY_CAME,    /* @number: days their registration is still good */
  NOTICE_DUTY_WENT,
  NOTICE_REGISTRATION_ENDS, /* @number: days left */
  NOTICE_LOCKED,            /* something was scanned meanwhile */
  NOTICE_LOCKED_BY_OTHER,   /* @what: who may unlock it */
  NOTICE_TAKEN_OVER,        /* @number: 1: their ticket is on hold */
  NOTICE_LOCKOUT_CLEARED,
  NOTICE_NOT_LOCKED_OUT,
  N_NOTICES
} NoticeId;
