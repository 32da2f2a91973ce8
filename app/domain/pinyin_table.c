/* Generated from pinyin-data 0.15.0 (pinyin.txt, kMandarin_8105.txt); do not edit.
 *
 * The MIT License (MIT)
 * Copyright (c) 2016 mozillazg, https://github.com/mozillazg/pinyin-data
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy of this software
 * and associated documentation files (the "Software"), to deal in the Software without
 * restriction, including without limitation the rights to use, copy, modify, merge, publish,
 * distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
 * Software is furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all copies or
 * substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING
 * BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
 * NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
 * DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE. */
#include "app/domain/pinyin_table.h"

const char PINYIN_FIRST[PINYIN_LAST_CHAR - PINYIN_FIRST_CHAR + 2] =
    "qt--kwy-----y---------x-----c----n--d---xx-xllxyxzdwpr-mqyyncf---zfawz-zdsyqklnzs---x--sjdnsylyb---lmyljylc---hxhr-z-hxtyhjmltyz"
    "zyzerqcwhtssqls--kptsyot-mydymjnxy--cfll-l-j----q-clgm-gs--mmqsl-wkdzt--bhdgc-qjlx-nx-bjs-g-yxqpdflqqtbgcxl--sdlhtpdreqyzrj-ccx-"
    "ldljsxz--zzjzcxl-cxj-j-fcbj-blk-xbjlxbylbel--cnxhy-gyxgltls-syxz-qyxzjhlykfqa-kcxcw--hsy-jzxs-skshgyqshxfpdfgafnxyh-cgnhlfxp-s--"
    "llyh-xqe--x----nwxthtnnyz-----wsnyqthjdhljhl-tl------gysxpcndzexyeswkhgxmljhz--w-bazqgdbbclxx-----htcklzxx-qzx--cjhtyxps---gyxxh"
    "zyc-lxtryzxxjjh-pl-lshyq-yhkcnh-bxwxwyqxnbhjaa--ztj-zbjazcf----nlmdbbb-cxtc--dwfdyykwk-wylxbcxnlyzmzxgx-jlyjy-dyxhykcttzbmkcl-x-"
    "xqny-lfz-gkdhk-gt-slnfgqbjkxyzscxjnxyyyysrhsjy-xpqc-bdse-myj-qxpcpnjyed---d--qlqscdxfysqpxtxybl----yltlmqzyxlxsf-wfynctjspakc-xz"
    "--flxxmhmyzyntxysfyd-lccjlsnaaq-cc-rnmxynasm--lxyzwhmnwmnqzlzzhxhxzmcg-clzsljxdjrm-kynylyyys-lymmzyygmjw-kdl-xcqmmq-wda-bnljyczb"
    "hytjaljwbzxny-bzjwxqyxcqdnqjt-sdlz--ycjhzlnjqd-jxcydc-mhskzhcxnclamsxyhcqlfdmlthmbqqh-lbtzqzmpzxg-q-l-yedmwqsmt-myjlkgyd-llqabym"
    "d-a-xfdjrtqeqjjhjzbmbwyayhdwnc-llnhl-lfmy-j--zpy-jb-rhfgkjs-styzbklhxn-zwxqym--s-qzkwyctlbgmxflzzcml-ypzjlny-jjzyjhzllzbzjdlyzxc"
    "ccyldlc-tcac-yzt-tcyz-pqlqlyksycjj-j-d-jhd--h-cdb-xl-xb-b-xrbej-zbeyqzmys---stmjbrccd----dttxsdxt-tsjzwy--hzqz-xxzw--tzn--xyrscz"
    "-mjfpafaqqxfgqgtcygbfcz-z-hnjccklly-yhlhgkydh-gjzfqbccmhxqh--csyzdtmlstcdcpyjjlty-cqylc---yjwmsxxcqh-yqssdl-ptzysfcyyhsymfh-ycna"
    "flccmdhl-yhzhehsnxlxylmjj-byhmcm-ljwyxxclyxzllqhjw--gzdyjyrxsyyqjqtsqmjmygpxmfygshygglezzbw-l--k-hyzcxx-qpgegqhllcszwpktpttzbgh-"
    "bzddznlpjmwcgbrtbzklhyzjxxxsqxshmhp-hnsbcjhl-hdhgycgjjdjmhmclpyjjq-qs-jhydxxfcy-d-qht-qxnsmtlhczalm-f-xbhqx--bqpjjksjenqdd-qzqzk"
    "yqkhfgdxghqhtbsblyncsdltlkszclm-qksxbzyxsssrcllc-h--jbhd-ljjkslzddzypc----y--yhyyzgqg--hmfhgtd-y--q-cmtba--x---mlnbc-fzjjs-kdl--"
    "--ytcmmhwnhhjbxlj-mphy-xswcxjchfsl-dqpyb-hdyjjnlyttwhxh-tz-hf--t-rj-x--yjh-bm-gw-msblq--gzlprqlgxxx-n---xlfczbzzzhj-j---txyttdja"
    "hxjwbzntn--ym--nscygcrjqmelczhjn-ghg-bswjxqhwxjhpscz-zsjszb---lbxpdqzpcbshhjcjngf--tcxdxkzthcljlqpz-lcq--tlqllsgzpjq--zpjbjg-bzl"
    "llsmjdb-l-xpqlz-jsx-x-lqynly-ycjhxkzhxqhxhgcxxskxsyypzyzlxxysyjxcskyhyxsjyyqylkz----x-cxaxccz-ypksltxlqwldmlwdkazhymzfp-blllhzgq"
    "zkcjjjl-sqrcnzlp--brxlxfq-sztrsymnb-sthsr-dpjt-rnlddz-ldxgjnynywgzycxjtfp-yqybbszyb-dlyccxxyx---tg---lxcjtpzxxn-----mjnhhwyzbmqx"
    "fytly-jsyj-s--nwmsysxjlymzszbl-------qgxzynjxyxzn-slcmqds---sxbdz-sshtg---nmxmjcjhfscsnpm----yc-kblksmsgpyxnyzcfxpwlczzbyhpx-lqx"
    "jg--yxzhyx--lxhy-lscbjsfd-by--nlyd-ccgjn---lmy-lh-yjcrn--ht-agbbq-schcfhewft-lhyh-yzyqzjt------tljzxh-x---cqm-zbc--ygmbjdz-wy-jx"
    "th-djjkz-xlfhxnmrcym-jqtwzlskxzztsbypchkjacqbbfkttzl-gyshlss-brdblqfjzhhlyyxcdljcspyjhhtrwyrysyjtxjzqzd-y--ysym--qxwgytsngtwjcpz"
    "hnygyh-schywxprllsxzhfhcz-tznhyzylhxxcl-sjpqgzy--rnmbj-xpbm----yy-pqbh---bmltwll-jjzdjdb-----lbstx-----d--sbtsctmjl--zbjzxl--sys"
    "--e---yqlztgylbnpltlwdltwzgxafpbtsybqtgthcjhxdcdprlsodycrktcpcltzlsps-dhyxxll-tg-t---yn-gjcgwlllxbayjrxzcczyfr-xsjjxz--scfjz-gw-"
    "qshtdzrmfljxxnyjldrylsllgxxqqcybkqaqqcpkygsp-zhhhb--zjgxgcmztzxl---zaxgx-tcsxjfq-ydjlyltypllb-mbh-yhchnclthbbcydax-zdrbcwtbgyxzy"
    "fyatmsjgjqjyxkmxswqhrztjxqamg-tfjcsbmsghhlhjqghbgfmaysljcjcpcydd-lxbxmymqqwxyqcyyyjzxmlkyysghyscl-xccnqmhyzhcbqxjkmmzbjjnbssmlmm"
    "xcqjhxxnthy-cbzdzjq-xhsk-dyybjzjsddcfmzz-yqhgqlglrfcygjggswzndltcyg--d-mjmjyzzzx-bhghlwbklclyqs-xjqhscdl-ntdwgdlcxplznhyxlmb-gbf"
    "hylyyjhcde-yzzqyqhnhjs--pmcllc-csdq-lllryydqynfjyfrx--bspnztttrylahqlgzsyycwjtyhjrmjzjaslhqcdknctxjhqjmy-zt-apctehqcszntslblmxch"
    "mgldzz--zbcq-lxfgcjecyhyyytzyxykhlyc--s-nmhcyxjzytkq-cjxzcpq-qlyrsqs-f-mh--hqcqdlbjxl-yzhy-zq-gjzzknrzazgycjzlrrznc--yjbcjdwyzy-"
    "slpzhydzfsltqmybggng-skscztkqxdchcszqjzw--xnpsjzstbtqwrlhszpmjsmslljlzd-sgfmsjtxkwflcclycymyzydhwtsxssqly-llfllxxomxrzsyblhqlbbh"
    "h-cpqmjbmsw--lq-hx-sy-nhjy-stxzmxm-htxyblflccddkcxcmqqz---hgcgmbhgymw---rxzmj-zzyl-zbry-ceymq-wjb-bfylfqfeeztyjqjlcbnyxmxf-ntbzw"
    "kyoxgtght-ydqjlmmjlfomjfbhsynjlbjtlzsydccmylcjsqnl-slz-cjjeyrcrflsyydlztpzjcbkc-hhmhgdfxmmlgztyzllwljll-pywtp-zg-xnqwzdwb-hxzlyh"
    "xhbrxplzyxlkc-nhclztfhzqspg-hc-eerqsj-ybyzncbcthzbzwgbezwwzzlwgqlzsmdqcplslsqyfxjdpgnrzgptcchzmbqsbjs-gnhxexm-xzrjdzsmbhyxpncb-q"
    "jzljxxcwzzkctcdcqzzrbjxzjgjdcsrxhqzscwkkggfcczclxzzyggzdhstgxmdapwampmyzbywrlycqzp-tfs-dcttctjshl--cjegfd-ebtd-dbwzlqmq-zs-yzt-s"
    "bxjcftcffwxympmsmctkbxxq--shnxcdfyarrmfqshbdmd--k-cdyh-gxljqqwyl--yyyqzxyywzzhcfcpkc-tqcgkqqzmlztzglhldcy--qzcmdycrhrflxjym-mjsh"
    "-lzzyglqglbs--scjxbxjplxzdcqnzlysyhlp--l--s-ynskfydrc-tqbswdsaqzkf-y-sdhxzttzyfe-jjcxm-bljkj-clxflzhjnyxtlzk-qjpftlmzxhmjzclrzyh"
    "-ylyrlnyn-ynyqxcymxnkzxyttwsyczmynmzwlqnsbzb-jxkpkxzykhxeytyjl-lcjhzfcgjmctmxlyssybchwdjghbxlccyxyzhyz-kyqzm--sjgpl-tjlyycyjxwxn"
    "fg-mznxwlcmjncwxnmzkkh--ywz--y-dfbzzsxn-jxcnrzs-sy-j-lhbyzzywngjbc-dqykrhxx-k-xbkcxboz-tccngfxdwjkzsdlm-gml-y-gcld-bqx-ddxl-sxsw"
    "--hyllysjqjy-q-ljmcnbllgcxxhbzddhsct-nzlfjgxlxrtpxszwttyxpyynhryfnywyxzysmxjtfxncmb-nyezrxlhxnhjdhtpcxsmxwqztxjjhtmyjslwccjyhzsg"
    "nx-dcwzgcczhlllthwassmtxjatcwtjccyxx---n-yqjsjlj-ml-ccxqmsccgyy-llszsh--e-szjjtlwczl-zz-ycnbsyhyhmmqlhzmxzszzgxyzxjc-blzjwgjjafg"
    "hyrzbysdgsxcsq--chdcwrscjzqyfyfpztzcqyhhgejytctfzh-bzjtjfhcycscqcxmcqjbjzzqzjb-llyqcfctshqqbntccyzccbmbtmlfcqtfkj---zqzcklbdw-zl"
    "t-cltkcjthfb-xwjqkhqsc-qppwyrxcdccmxdbzccgdzdltyqzlczfstka-qshswzljl-cryjkfqhflhtmtjqzqgtlmylyjp-xbhzrswckspmx-ckzcscsbk-zwmlznl"
    "qy-yxc-rcnyjbf--cdjyhxyq-bgj-ysysycysyslcybs-ylltdyj-y--jjccgxxagyl-tcxqh-dcdyz-yc-lsmm-tplqctecjyjdjblyccplztpcjxf-xehzrfjhlzmy"
    "-cmymtk--mryqmjpjwjmjxbgcllqdyyczr-lkgyhpcdcsssxyscyhfyyzsjdxgtqchmycqjsmy-pzzcymmjqsptkcs-jjajy-ylzbl-hlwxtbzzbmxoy-xlzm-y--px-"
    "--sz-sjjj-nacwgxtxdztpxxxskzwhrcdhkfcxqql-yyqhcz-wyxynzc-sdzjxy--xdtgyhy-lkxsxx--dlzncjbzlhbtcmxsyq-phwyy-chb-xch-hczqkr-yx-hc-q"
    "dwq-ylb-b-ynbyhcqtylb-jfxchsbqywahdgdhp-zlmmlxxzpfnxddyxysdbhffzbfxsmzzzhfwmql-mhhyqda-bdxdbzpty-jztxdtxcyglb-ljxsdshycbrewbfyzf"
    "gbgdhdtbqllwzlsnbtzdbjpxwpdfchz-----fxhcby-jbrcyygkyzyjhmbgbzhzsgbdccscrcmpwpfzqlymwqdcxhsghafqhpysxmkg-asslzhc-lnhdjmfechhyxpbc"
    "yyxsxllydhslphgbrwsayxhyxy-b-htl-z-xzydyj-bty-ynsbgbmges-zyjystwxzyrshnyjsybhhy-ylxedzzyyjcd-kyyjencqxbmsmlqqsfbbbywhfqmfaafqqty"
    "bpb-x--yclyl-nxw-lpzzzcaeylfzhcsbbz-hl-hzgclmmmazzhfdt-dwwjclbljnls-gnykwwqbklgghkhkztlbhpywtskdajmkkamqq-khdxnsjppscnmscxk-dptz"
    "wfcps-rqcpbmzckjl-mmplzjlywllzzhscxwdhphmcmcjn-yrly-qz-bgzjyqbbtyqyzjmssqsmgyggtfxyttmlclslhcpljzjzzxz--l--lxgemztyzgwlyszhhzclc"
    "zwxzmgs--sdcktnllyxyqpcxgjlmy-lycqty--ddh-x-q-yjyfghzq--jpgxssqcdbdwczbwbdbt-gjgcyyljfneexkytpbmsyqyb-xhhyjkejmcbwzxtcxcmkyc-hdr"
    "tyxnsfplahyhmylybdlsjljjtpgxwcdhylmhsjyw-pllycshstmhtbphfgblcpcmsqzkbamxkttwx-tlcnnldjqbsztqnyjgdjmdjyxzmlgxtzytsxqwycqw-zthscft"
    "ttzhphzzblnxpdhtwtqjcbjkljqlgqqxjsjahzzyzjcyj-y-jtny-c-jyz----------------------------------------------------------------------"
    "ydkqsxhwzssxjbymgcczqpssqbycdscdqldylybsgjgyqzjjfgcclzzbwdwzjljpfyynwjjtmyyzwzhflyppqhgccyyymjqyxxgjxhsdsjnjjsmhmlzrxyfsngsyczqz"
    "ggllyjlmyzssecykyyhqwjssggyxyqyjtwkdjhychmyxjtlxjyqbyxdldwrrjjwysrldzjpcbzjjbrcfslbczstzfxxthtrqggbdlyccscymmrfcyqzpwwjjyfcrwfdf"
    "zqpyddwyxkyjawjffxjpdftzyhhycyswccyqsclcxxwzzxnbgnnxbxlzsqcbsgpysyzdhmdzbqbzcwdzzyytzhbtsyyfzgntnxqywqskbphhlxgybfmjebjhhgqtjcys"
    "xstkzglyckglysmzxyalmeldccxgzyrcxsdltjzcqkcnnjwhjczzcqljststbnxbtyxceqxgkwjyflzqlyhjqspsfxlfpbyqxxxydcczylllsjxfhjxpjbcffyabyxbh"
    "czbjyclwlczggbtssmdtjcxpthyqtgjjscjfzkjzjqnlzwlslhdzbwjncjzyzsqnycqyrzcjjwybrtwpyftwexcskdzctbxhyzcyyjxzcfbzzmjyxxcdczottbzljwfc"
    "gszsxfyrlnyjmbdthjxsqjccsbxyytsyfbjdztgbcnclcyzzbsacyzzscjcshzqydxlbpjllmqxtydzxsqjtzpxlcglqccwjbhctdjjsfxjejjtlbgxsxjmyjjqpfzas"
    "yjncydjxkjcdjszcbartcclnjqmwnqnclllkbybzzsyhqcltwlccrshllzntylnewyzyxczxxgdkdmtcedejtsyys-dqdfmsd-jlhrwnqlybglxhlgtgxbqjdzfyjsjy"
    "jcjmrnymgrcjczgjmzmgxmmryxkjnymsgmzjymklfxmbdtgfbhcjhkylpfmdxlqjjsmtqgzsjlqdldgjycalcmzcsdjllnxdjffffjczfmzffpfkhkgdpqxktacjdhhz"
    "dddrrcfqyjkqccwjdxhwjlyllzgcfcqdsmlzpbjjplsbcjggdckkdezsqsckjgcgkdjtjllzycxklqscgjcltfpcqczgwbjdqsdjjbyjhsjddwgfsjgdkccctllpspkj"
    "gqjhzzljplgjgjjthjjyjzcjmlzlyqbgjwmljkxzdznjqsyzmljlljkywxmkjlhskjgbmclyymkxjqlbmclkmdxxkwyxwslmlpsjqjcqxyjfjtjdxmxxllcrqbsyjbgw"
    "ywxggbcyxpjtgpepfgdjgbhbnsfjyzjkjkhxqfgqzkfhygkhdgllsdjjxpqykybnqsxqnszswhbsxwhxwbzzxdmndjbsbkbbzklylxgwxjjwaqzmywsjqlcjxxjqwjeq"
    "xscwetlzhlyyysdzpyqyzcptlshtzcfycyxyljsdcjjagyslcllyyysglrqqeldxzsccccadycjysfsgbfrsszqsbxjpsjwsdrckgjlgdkzjzbdktcsyqpyhstcldjlh"
    "mxmcgxyzhjdctmhltxzxylymohyjcltyfbqqjbfbdfehtksqhzywwcnxxcdwhhwgyjlegmdqcwgfjhcsntwydolbygwqwesjpwnmlrydzsztxyqpzgcwxhngpyxshmdq"
    "jgztdppbfyhzhhjyfdzwkgkzbldntsxhqeegzxylzmmzyjzgszxkhkhtxexxgylyapsthxdwhzydpxagkydxbhnhxkdfjnmyhylpmgocslnzhkxxlbzzlbmlsfbhhgsg"
    "yyggbhscyajtxwlxtzqcwzydqdqmmgdqllszhlsjzwfjhqswscelqazynytlsxthaznkzzsdhlacxtwwcsgqqtddyzbcchyqzflxpslzygpzsznglydqcbdlxjtctajd"
    "kywnsyzljhhdzcwnyyzyomhychhhxhjkzwsxhdnxlyscqydpclyzwmypbkxyjlkzhtyhaxqsyshxasmchkdscrswjpwqsgzjlwwschs-hsqnhzsngndaqtbaalzzmsst"
    "dqjcjktscjaxplggxhhgoxzcxpdmmhldgtybysjmxhmrcplxjzckzxshflqxccdhxezfchzccdytcjyxqhlxdhypjqxnlsyydzozjnyxqezysjyayjkypdghddxsppyz"
    "ndlthrhxydpcjjhtcxmctlhbynyhmhzllhnxmylllmdcppxhmxdkycyrdltxjchhznxclcclylnzsxzjzzlnnllwhyqsnjhxynttdkyjpychhyegkcttwlgqrlggtgty"
    "gyhpyhylqyqgcwyqkpyyyttttlhyhlltyttsplkyzwgywgpydqqzzdqxskcqnmjjzzbxyqmjrtfbbtkhzkbjdjjkdjjtlbwfzpbtkqtztgpdgntpjyfalqmkgxbcclzf"
    "hzclllladpmxdjhlcclgyhdzfgyddgcyyfgydxkssebdhykdkdkhnaxxybfbyyhxcqgabfqyjjdmljcsjzllpchbsxgjyndybyqspqwjlzkcddtaccbkzdyzypjzqsjn"
    "kktknjdjgyepgtlfyqkasdntcyhblgdzhbbydmjrygkzyheyybcmcdtyfzjjhgcjplxhldwxjjkytcyksssmtwcttqzlzbszdtwzxgzagyktywxlhlcpbclloqmmzssl"
    "cmbjcszzkydczxgqjdsmcytzqqlwzqzxssbpkdfqmddzdsddtdmfhtdyzjaqjqkypbdjyyxtljhdrqxxxhaydhrjlklytwhllrllrcxylbwsrszzsymkzzhhkyhxksmz"
    "syzgcjfbzbsqlfcxxxnxkxwymsddyqwggqmmyhcdzttfgyyhgstttybykjdhkyjbelhdypjqnfxfdqkzhqkzbyjtzbxhfdxbdaswhawajldyjsfhbldnndnqjtjnchxf"
    "jsrfwhzfmdrfjyhwzpdjkzyjymfcyznynxfbytfwfwygdbnzzzdnytxzemmqbsqehxfzmbmflzzsrsymjgsxwzjsprydjsjgxhjjgljjynzjjxhgjkymlpeyycsysgqz"
    "swhwlyrjlpxslcxmfsmwkcctnxnynpnjszhdzeptxmwywayysywlxjqzqxzdclaeelmcpjpclwbxsqhfwrtffjtnqjhjqdxhwlbyccfjlalkyyjldxhhycstdywncjtx"
    "ywdrmdrqhwqcmfjdyzmhmayxjwmyzqsxtlmrspwwchajbxtgcypxyyrrclmpamgkqjszyjrmyjsnxtplnbappypylxmyzkynldgyjzczhnlmzhhanqmpgwqtzmxxmllh"
    "gdzxyhxkrxycjmffxyhjfsbssqlhxndycannmtcjcyprrnytyqnyymbmsxndlylysljnlqyshqmllyzlzjjjkymzcsfbzxxmstbjgnxyzhlsnmcqscyznfzlxbrnnnyl"
    "mnrtgzqysatswryhyjzmzdhzgzdwybsscskxsyhytsxgcqgxzzbhyxjscrhmkkbsczjyjymkqhzjfnbhmqhysnjnzybknqmcjgqhwlsnzswxkhljhyybqcbfcdsxdlds"
    "pfzfskjjzwzxsddxjseeegjscssmgclxxkywyllymwwwgydkzjgggtggsycknjwnjpcxbjjtqtjwdsspjxzxnzxwmelptfsxtllxcljxjjljsxctnswxlehhlyqrwhsy"
    "csqrybyaywjejqfwqcqqcjqgxaldbzzyjgkgxpltqyfxjltpadkyqhpmatlcpdhkxmtxybhblefxdleegqdymsawhzmljtwyqxlyjzljeeyxbqqffnlyxrdsctgjgxyy"
    "lkllxqkcctlhjlqmkkzgcyygllljdzgydhzwxpysjbzkdzgyzzhywyfqytyzszyezklymhjjhtsmqwyzlkyywzcsrkqyqltdxwcdrjklwsqzwbdcqyncjsrszjlkcdcd"
    "tlzzzacqqczddxyplxcbqjylzllljddzjgyjyjzyxnyyynxjxkxdazwyrdljyyyrjlglldrxjcykywnqcclddnyyykyckczhjxcclgzqjgjwppcqqjysbzzxyjxjbxjf"
    "zbsbdsfnsfpzxhdwztdmpptblzzbzdmyypqjrsdzsqzsqxbdgcpzswdwcsqzgmdhzxmwwfybpdgphtmjthzsmmbgzmbzjcfzhfcbbzmqcfmbcmcjxlgpnjbbxgyhyyjg"
    "ptzgzmqbqdcgybjxlwzkydpdymgcftpfxyztzxdzxtgkmtybbclbjaskytssqyymscxfjeglsllszbqjjjaklyldlycctsxmcwfgkkbqxlllljyxtyltyxytdpjhnhgn"
    "kbyqnfjyyzbyyessessgdyhfhwtcjbsdzjtfdmxhcnjzymqwsrxjdzjqpdqbbsdjggfbkjbxdgjhmgwjjjgdllthzhhyyyyyysxwtyyyccbdbpypzyccztjpzywcbdlf"
    "wzcwjdxxhyhlhwczxjtczlcdpxdjczczlyxjjsjbhfxwpywxzptdzzbdccjhjhmlxbqxxbylrddgjrrctttgqsczwmxfytmwzcwjwxjywcskybzqccttqnhxnkxxkhkf"
    "htswoccjybcmpzzyjbnnzpbthhjdlscddytyfjpxyngfxbyqxcbhxcbsxtyzdmzysnxsxlhkmzxlthdhkghxjsshqyhhcjyxglhzxcsnhekdtgqxqypkdhextykcnymy"
    "yypkqyytjxzlthhqtbyqhxbmyhsqckwwyllhcyylnneqxqwmcfbdccmljggxdqktlxkgnqcdgzjwyjjlyhhqtttnwchhxcxwheszjydjccdbqcdgdnyxzdhcqrxcbmzt"
    "qcbxwgqwyybxhmbymykdyecmqkyaqyngyzslfykkqgyssqyshjgjcnxkzycxsbkyxhyylstycxqthysmgscpmmgcccccmtztasmgqzjhklosqylswtmqsyqkdzljqqyp"
    "lcycztcqqpbbqjzclpkhqcyyxxdtdddsjcxffllchqxmjlwcjcxtspycxndtjshjwxdqqjckxyamylsjhmlalykxcyydmamdqmlmcznnyybzkkyflmchcmlhxrcjjhsy"
    "lnmtjggzgywjxsrxcwjgjqhqzdqjdzjjzkjkgdzqgjjyjylhzxxcdqhhhestmhlfsbdjsyyshfyssczqlpbdrfrztzdkykgsctgkwdqzrkmsynbcrxqbjyfaxpzzedzc"
    "jykbcjwhyjbqdzywnyszptdkzpfpbaztklqyhbbzpnbptyzzybhnydcpjmmcycqmcjfzzdcmnlfpbplngqjtbttajzpzbbdnjkljqylnbzqhksjznggqsczkyxchpzsn"
    "bcgzkddzqanzgjkdntlzldwjljzlywtxndjzjhxyatncbgtzcsskmnjpjytsrwxcfjwjjtkhtzplbhsnjzsyjbwbzyzlstlsbjhdwwqpslmmfbjdwajyzccjtbnnrzwq"
    "xcdslqgdsdpdzhjtqqpsqlyyjzlgyhszlctcbjtktyczjtqkbpjlgmjzdmcsgpynjzjjyyknhrpwszxmtncszzyxybyhyzaxywkcjtllckjjtjhgcxdxyqyczbywblwq"
    "cglzgjgqrqcczssbcrbcskydznljsqgxssjmecnstztpbdlthzwhqwqtzexnqczgweskssbybstscsjccgbfsdqszlccglllzghzcthcnmjgyzaznmckcstjmmzckbjy"
    "gqljyjppldxrgzyxccsnhshgdznlzhzjjcddcbcjflbfqbczzwpqdnhxljcthqwjgylnlszzpcjdscqqhjqkdxkpbajyemsmjtzdxlcjyryynwjbngzzkmjxltbsllrt"
    "pylcsznxjhllhyllqqzqlxymrcwcxsljmczltzldwdjjllnzggqxppskygyggbfzpdkmwghcxmcgdxjmcjsdycabxjdlnbcddygskydjtxdjjyxmsaqazdzfslqxyjsj"
    "zylblxxwxqqzbjzlfbblylwdsljhxjyzjwtdjcyfqzqzzdcsxzzqlzcdzfchyspympqzmlpplffxjjnzzylsjyyqzfpfzksywjjjhrdjzzxtxxglghtdxcskyswmmtcw"
    "ybazbjkshfhgcxmhfqhyxxyzftsjyzbxyxpzlchmzmbxhzzssyfdmncwdabazlxktcshhxkxjjzjsthygxsxyyhhhjwxkzxcsbzzwwhhcwtzzzpjxsnxqqjgzyzawllc"
    "wxzfxgyxyhxmkyyswsqmnjnaycyspmjkgwcqhylajjmzxhmmcnzhbhxclxtjpltxyjhdyylttxfszhyxxsjbjyayrsmxyplckdlyhlxrlnllstyzyyqygyhhsccsmcct"
    "zcxhyqfpyyrpfflfqtntszllzmhwtcjqyzwtllmlmdwmbzssmzrbpdddlgjjbxccsrzqqygwcsxfwzlxccrbtdzmcyggdlqsgtjmwljmymmsyhfbjdgyxccpshxczcsb"
    "sjwjgjmpbwaffyfnxhydxzylremzgzcyhsszdlljcsqfzxxkptxzgxjjgbmyyysnbdylbnlhbfzdcyfbmgqrrmsszxysgtznnydzzcdgbjafjbdknzblcsscpsgzycjs"
    "zlmlrzzbzzldlsllysxsqzqlyxzlsgkbrxbrbzcycxzjzeeyfgklzlyyhgysgzlfjhgtgwkraajyzkzqtsshjjxdzyz-yjlzyrzdqqhgjzxsszbtkjpbfrtjxllfqwjg"
    "slqtymblpzdxtzagbdhzzrbgjhwnjtjxlhscfsmwlldqysjtxkzscfwjlbxftzlljzllqblcqmqqcgcdfpbbhzczjlpyygjdtgwdcfczqyyyqysrclqzfklzzzgffsqn"
    "wglhjycjjczlqzcyjbjzzbpdccmhjgxdqdgdlzqmfgpsytsdyfwwdjzjysxyycjcyhzwpbyhxrylybhkjksfxtzjmmchhlltnyymsxxyzpyjjycdyzwmtjjkqyrhllqx"
    "psgtlwycljscbxjyzfnmlrgjjtyzbsyzmsjyjhgfzqmsyxrszcwtlrtqzsstkxgqggsptgcdnjsgcqcqhmxggztqydjkzdlbzsxjlhyqgggthqscpyhjhhgnygkggcmj"
    "dzllcclxqsftgzslllmlcskctbljzzszmmnytpzsxqhjcjyqxyexzqzcpshkzzysxcdfgmwqrllqxrfztlysdctmjcsjjdhjnxtnrztzfqrhqgllgcxszsjdjljcytsj"
    "tlnyxhszxcgjzyqpylfhdjsbpcczgjjjqzjqdybssllcmyttmqtbhjqnnygkynqyqmzgcjkpdcgmyzhqllsllclmholzgdylfzsljcqzlylzcjeshnylljxgjxlyjyyy"
    "xnbcljsswcqqcjyllcldjyllzllbnylgqchxyyqoxccqkyjxxhyklksxayqccqkkkkcsgyxxyqxygwtjohthxpxxcsshcyeychzzcbwqbbwjqcscszsslzylgdesjzmm"
    "ymcytsdsxxscjpqqsqylyfzychdjdzywcbtjsydjhcyddjlbdjjsodzyqysqkxxdhhgqjyohdyxwgmmmajdybbbppbcmhcpljzsmtxerxjmhqdstpjdcbssmsssthjts"
    "lmmtrcplzszmlqdsdmjmqpnqdxcfynbfsdqqyxhyaykqyddlqyyysszbydslntfgtzqbzmchdhczcwfdxtmqqsphqwwxsrgjcwtjtzzqmgwjjrjhtqjbbgwzfxjhnqfx"
    "xqywyyhyscdydhhqmnmdmmcpbszppzzglmzfollcfwhmmsjzttthlmyffytzzgzyskjjxqyjzqphmbzzlyghgfmshpcfzsnclpbqsnjszslxjfpmtyjygbxlldlxpzjy"
    "pjyhhzcywhjylsjexfsszywxkzjlladtmlymqjpwxxhxsktqjezrpxxzghmhwqpwqlyjjqjjzszcfhjlchhnxjlqwzjhbmzyxbdhhypylhlhlgfwlcfyytlhjjcjmscp"
    "xstkpnhjxsntyxxtestjctlsslstdlllwwyhdhrjzsfgxssyczykwhtdhwjslhtzdqdjzxxqggyltzphcsqfzlnjtclzpfstpdynylgmjllycqhynsbchylhqyqtmzyb"
    "bywrfqykjsyslzdyjmpxyyssrhzjnyqtqdfzbwwdwwrxcwhgyhxmkmyyyhmsmzhngcepmlqqmtcwctmhmxjpjjhfxyyzsjzhtybmstsyjdtjjqytlhynbyqzlcxcnzws"
    "mylkfjxlwgbypjytysylymzckttwlgsmzsylmpwlzwxwqzssaqsyxyrhssntsrapccpwcmgdhhxzdzxfjhgzttsbjhgyglzysmyclllybtyxhbbzjkssdmalhhycfygm"
    "qypjycqxjllljgclzgqlycjcctotyxmtmshllwcgfxymzmklpszzzxhhjyslctyjcyhxsgyxzkxlzwpyjpdhjwpjpwsqqxlxxdhmrslzcyzwstcxkystzshbsccstplw"
    "sscjchjlcgchssphylhfhhxjsxyllnylmzdhzxylsxlwzyhcldyahzcmddyspjtqjzlngjfsjshctsdszlblmssmnyymjqbjhrcwtyydchqljapzwbgqybkfcmjwlzll"
    "yylszydwhxpsbcmljpscgbhxlqhyrljxyswxhxzlldfhlslymjljyflyjycdrjlfsyzfsllcqyqfgjyhyszlylmstdjcyhbzllnwlxxygyyhbmgdhxxhhlzzjzxczzzc"
    "yqzfnjwpylcpkpykpmclgkdgxzggwqbdxzzkzfbxxlzxjtpjpttbytszzdwslchzhsltjxhqlhyxxxywzyswtmzkhlxzxzpyhgchkjfsyh-tjrlxfjxptztwhplyxfcr"
    "hxshxkjxxyhzjdxjwylhyhmjdbflkhtxcwhcfwjcfpqrxqxcyyyjygrpxgscsxngwchkzdxhflxxhjjbyzwtsxnncyjjymswzjqrmhxzwfqsylzjzgbhynslbgttcseb"
    "hxxwxyhhxyxnsqyxmlywrgyqlxbbcljsylpsytjzyhyzawlhorjmksczjxxxyxchcytryxqjddsjfslyltsffyxlmtyjmjjyyyxltzcsxqzlhzxlwyxzhdnlrxhxjcdy"
    "hlbrlmbrllaxksllljlyxxlycrylcjcgjcmtlzllcyzzpzpcyawhjjfybdyyzsepckzdqyqpbpcjpdcyzbdbbcyydycnnpjmtmlrmfmmgwygbsjgygsmdqqqztxmkqwg"
    "xllpjgzbqcdjjjfpkjkcxbljmswmdtqjxldlppbxcwkcqqbfqjczagzgmykbhyyhzykndkzmbpjyspxthlfpnyygxjdbkxnhhjhzjxstrstldxskzysybmxjlxyslbzy"
    "slhxjpfxbqnbylljqkygzmcyzzymccsldlhzgwfwyxzmwcxtynxjhbyymcysbmhysmydyshqyzchmjjmzcaahcbjbbhplxtylsxsdjgjdhkxxtxxnbhnmlngsltxmrhn"
    "lxqjxmzllyswqgdlbjhdcgjyqycmhwfwjybbbyjmjwjmdpwhxqldyapdfxxbcgjspckrssyzjmslbzzjfljjjlgxzgyxyxlszqyxbexyxhgcxbpldyhwecdwwcjmbtxc"
    "hxyqxllxflyxlljlssfwdpzsmyjclmswtczbchqekcqbwlcgydblqppqzqfjqdjhymmcxtxdrmjwrhxcjzclqxdyynhyyhrslsrsywwzjymtltllgzqcjzyabsckzcjy"
    "ccqljsqxalmzyyywlwdxzxqdllqshgpjfjljhjabcqzdjgthhsstcyjlbswzlxzxrwgldlzrlzqtgsllllzlymxqgdzhgbdbhzpbrlw-xqbpfdwo--whlypcbjcc-dmb"
    "zpbzz-cyqxldomzblzwpdwyygdstthcsqsccrsssyslfybfntyjszdfndpthtzzmbblxlcmyffgtjjqwftmdpjwdnlbzcmmctgbdzlqlpyfhsymjylsdchdzjwjcctlj"
    "cldtljjcpddpjdsszynndbjlggjzxsxnlycybjjqxcbylzcfzppgkcxzdzfztjjfjsjxzbnzyjqttyjwhtyczhymdjxttmpxsflzcdwslshxybzgtfmlcjtacbbmgdew"
    "ycyzcdszcyhflyctygwhkjyylsjcxgywjcbhlcsnddbtzbsclyzczzssqdllmqyyhfllqllxfdyhabxggnywyypllsdldllbjcyxjzmlhljdxyyqytdlllbbgbfdfbbq"
    "jzzmdpjhgclgmjjpgaehhbwcqxaxhhhzchxyphjaxhlphjpgpzjqcqzgjjzzgzdmqyybzzphyhybwhazyjhykfgdpfqsdlzmljxjpgalxzdaglmdgxmwzqytxdxxpfdm"
    "mssympfmdmmkxksyzyshdzkjsysmmzzzmsydnzzczxbmlstmddnmxckjmztyymzmzzmsshhdccjemxxkljstgwlsqlyjzllsjssdbpmhnlyjczyhmxxhgzcjmdhxtkgr"
    "mxfwmckmwkdcksxqmmmfzzydkmsclcmpcgmwrpxqpzdsslcxkyxtmlgjyahzjgzqmcsnxyhmmpmlkjxmhlmlgmxctkzmjjyszjsyszhsyjzjcdajzybsdqjzgwzkgxfk"
    "dmsdjlfmehkzqkjbeypzyszcdwyjffmzjykttdzzefmzlbnpplplpbpszalltylkckqzkgenqlwagxxydpxlhsxqqwqykxqclhyxxmlyccwlymqyskychlcjnszkpyzk"
    "cqzqljbdmdjhlasqlbydwqlwdnbqcrydddtjybkbwszdxdtnpjdtctqdfxqqmgnseclstbhpwslctxxlpwydzklzygzcqapllkccylbqmqczqcljslqzdjxldthpzqdl"
    "jjxzqdjyzhkzljcyqdyjppypeakjyrmpcbymcxkllzllfqpylllmbsglcysslrsysqtmxyxqqzbdzrysyztffmzzsmzqhzssccmlyxwtpzgxzjgzgsjsgkddhtqggzll"
    "bjdzlcbzhyxyzhzfywxyzymsdbzzyjgtsmtfxqyxjscdgslnmdlrytzlryylxqhtxsrtzcgyxbnqqzfhykmzjbzymkbpnlyzpblmcnqyzzzsjzhjctzhhyzzjrdyzhnf"
    "xglfxslkgjtctssyllgzrzbbjzzklpkbczyslxyxbjfpnjzzxcdwxzyjxzzdjjgggrsrjkmcmzjlsjywqshyhqjsxpjzzzlsnshrnypjtwchklbsrzlcxwjqxqkysjyc"
    "ztlqzybbybwzjqdwgyzcytjcjxckcwdkkzxsgkdzxwwyyjqyytcytdjlxwkczkklcclzcqqdzlqlcsfqchqhsfsmqzzllbjjzbsjhtsjdysjqjpdlzcdcwjkjzzlpycg"
    "mzwdjjbsjqzsyzyhhxcbbjydssddzncglqmbtsfcbfdzdlznfgfjgfsmptjqlmblgqcyyxbqkdxjqsrfkztjdhczklbsdzcfytplljgjhtxzcsszzxstcygkgckgyoqx"
    "jplzbbbgtgyjdgczqszlbjlsjfzgkqqjcgyczbzqtldxrjxbsxxpzxhyzyclwdsjjhxmfczpfzhqhqmqgkslyhtycgfrzgnqxclpdlbzcsczqlljblhbdcypczppdymt"
    "zsgyhckcpzjgslclnscdsldzxbmsdlddfjmkdjdhslzxlszqpqpgjllybdszgqlbzlslkyyhzttncjyqtzzfszqztlljtyyllqllqyzqlbdzlslyyzymdfszsnhlxznc"
    "zqzbbwskrfbcyzmthblgjpmczzcstlxshtzcyzlzblfeqhlxflcjlyljqcbzlzjghsstbrmhxzhjzclxfnbgxgtqjcztmsfzkjmssnxljkbhszxntnlzdntlmsjxgzjy"
    "jczxyhyhwrwwqnztnfjscpzshzjfyrdjsfscjzbjfzqzchzlxfxsbzqlzsgyftzdcszxzjbqmszkjrhxjzcgbjkhchgtjkjqglxbxfgdrtylxjxgdtsjxhjzjjcmzlcq"
    "sbtxhqgxttxhxftsdkfjhzyjfjxrzcdlllcqsqqzqwqxswqtwgwbzcgcllqzbclmqqtzgzxzxljfrmyzflxysqxxjkxrmjdcdmmyxbsqbhgcmwfwtgmxlzbyytgzyccd"
    "xyzxswgxyjyznbgpzjcqsyxcxrtfycgrhztxszzthcbfclsyxzljqmzlmplmxzjssflbysmyqhxjsxrxsqzzzsslyflczjrcrxhhzxqydshxsjjhzcxjbdynsysxjbql"
    "pxzqpymlxzkyxlxcjlcycrxzzlldlllsjyhzxgyjwkjrwyhcpsgnrzlfzwfzznsxgxflzsxzzzbfcsyjdbrjkrdhhgxjljjtgxjxxstjtjxlyxqfcsgswmsbctlqzzwl"
    "zzkxjmltmjyhsddbxgzhdlbmyjfrzfcgclyjbpmlysmsxlszjqqhjzfxgfqfqbpxzgyyqxgztcqwyltlgwwgwhllfsfgzjmgmgbgtjfsyzzgzyzaflsspmlbflcwbjzc"
    "ljjmzlpjjlymqdmyyyfbgygqzglyzdxqyxrqqqhsxyyqqygjtyxfsfsllgnqcygycwfhcccfxbylypllzqxxxxxkqhhxshjdcfdsczjxcpzwhhhhhapylhalpqafyhxd"
    "yllkmzqgggddesrnndltzgchybpysqjjhclljtolnjpzljlhymheydydsqycddhgzpndzclzywllznteytgxlhslpjjbdgwxpcdntjcklkclwkllcasstknzdnqnttly"
    "yzssysszzryljqkcgbhhcrxrzydgrgcwcgzhfffppjfzynakrgywyqpqxxfkjtszzxswzddfbbqtbgtzfznpzfpzxzpjszbmqhkcyxyldkljnypkyghgdcjxxeahpnzg"
    "ctzcmxcxmmjxnkszqnmnlwbwwxjjyhclstmcsqdjcxxtpcnpdtnnpglllzcjlspblplkcdtnjnlyyrscffjfqwdpgzdwmnzcclodaxnssnyzrestyjwjyjdbcfxnmwtt"
    "bqlwstszgybljpxglboclgpcbjftmxzljylzxcltpnclcgxtfzjshcrxsfyszdkntlbyjcyjllstgqcbxnwzxbxklylhzlqzlnzcqwgzlgzjncjgcmnzzgjdzxtzjxyc"
    "yycxxjyyxjjxsssjstssttppghtcsxwzdcsyfptfbchfbblzjclzzdbxgcxlqpxkfzflsyltywbmnjhskbmddbcysccldxycddqlyjjhmqllcsgljjsyfpyyccyltjan"
    "tjjpwycmmgqyysqdhqmzhszxpftwwzqswqrfkjlxjqqyfbrxjhhfwjgzyqacmyfrhcyybyqwlpexcczstyrltsdmqlykmbbgmyyjprknnbbsxyxbhyzdjdnghpmfsgbw"
    "fzmfjmmbcmzzcjjlcnyxyqgmlrygqccyhzlwjgcjcggmcjjfyzzjhycfrrcmtzqzxhfqgdjxccjeaqcrjthpljlszdjrbcqhjdzrhxlyxjsymhzydwldfryhbbydtssc"
    "cwbxglpzmlzztqsscpjmmxjcsjytycghycjwsnsxlfemwjnmkllswtxhyyygcmmcwjdqdjzglljwjnkhpzggflccsczmcbltbhbqjxqdjpdjqtghglfqawbzyjjltstd"
    "hqhctcbchflqmpwdshyytqwcnztjtlbypbpdyyyxsqkxwyyflxxncwcxybmaelykkjmzzzbrxyaqjfljpfhhhytzzxrgqqmhspgdzjwbwpjhzjdyscqwzkthxsqlzyym"
    "ysdzgrxckkhjlwpysyscsyzlrmlqsyljxbcxtlhdqzpcycykpppnsxfyzjjrcemhszmsxlxglrwgcstlrsxbygbzgztcpldjlslylymdtmtcpalcxpqjcjwtcyyzlblx"
    "bzlqmyljbghdslssdmxmbdczsxwhamlczcpjmcnhjyjnsygchskqmzzqdllkablwjqsfmocdxjrrlyqchjmybyqlrhetfjzfrfksryxfjdwdsxxlwsqjyslyxwjhsnlx"
    "yyxhbhawhhjcxwmyljcsqlkydttxbzsxfdxgxsjhhsxxybssxdpwncmrptjzczenygcxqfjxkjbdmljcmqqxloxslyxxlylljdzbtymhbfsttqqwlhogyblscalzxqlh"
    "twrrqhlstmypyxjjxmqsjpnbryxyjllyqylthylqyfmhkljdmllhfzwkzhljmlhljkljstlqxylmbhhlnlsxqchxcfxxlhyhjjgbyzzkbxscqdjqdsxjzsyhzhhmgsxc"
    "symxfebcqwwrbpyyjqtyqcyjhqqzyhmwffhgzfrjfcdbxndqyzpcyhhjlfrzgppxzdbbgzqstlgdgylcqmgchhmfywlzyxkjlypqhsywmqqgqzmlzjnsqxjqsyjtcbeh"
    "sxfssfxzwfllbcyyjdytdthwzsfjmqqyjlmqsxlldttkhhybfpwdyysqqrnqwlgwdebdwcyygcdlkjxtmxmyjsxhybrwfymwfrxyqmxysctzztfykmldhqdlwyqnlcry"
    "jblpsxcxywlsbrrjwxhqybhtydnhhgmmywytzcsqmtssccdalwztcpqpyjllqzyjswxwzzmmglmxclmxczmxmzsqtzppjqblpgxjzhfljjhycjsnxwcxsccdlxsyjdcq"
    "cxslqyclzxlzzxmxqrjmhrhzjphmfljlmlclqnldxzlllfypngjysxcqqdcmqjzzxhnpnxzmekmxxykyqlxsxtxjxyhwdcwdzhqyybgybcyscfgfsjnzdyzzjzxrzrqj"
    "jymcanhrjtldbpyzbstjhxxzypbdwfgzzrpymtngxzqbyxmbbfcckrjjjbjegrzgyclkxzdxkknsjkcljspgyyzlqqjybzssqlllkjfcbktylcccdblsppfylgydtzjy"
    "qggkqttfcxbdkdxxhybbfytyhbclpdytgdhryrnjsbtcsnyjqhklllzslydxxwbcjqsbxbfjzjcjdzfbxxbrmlazgcsnclbjdstblfrzdswsbxbcllxxlzdjzsjpylyx"
    "xyftfffbhjjjgbygjpmmmmsscljmtlyzjxswxtyledqpjmygqzjgdjlqjwjqllsdgjgygmscljjxdtygjqjqjcjzcjgdzdshqgsjggcjhqxsnjlzzbxhsgzxcxyljxyx"
    "yydfqqjhjfxdhctxjyrxysqtjxyefyyssyxjxncyzxfxcsyszxyyschshxzzzgzzzgfjdldylnpzgyjyzyyqzpbxqbdztzczyxxyhhscxshcggqhjhgxwsztmzmehyxg"
    "ebtylzkkwytjzrclekestdbcykqqsayxcjxwwgsbhjszsdhcsjkqcxswxfctynydpzcczjqtzwjqdzzzqzljchlsbhpydxpsxshhezdxfptjqyzzxhyaxncfzyyhxgnq"
    "mywxtzsjpkhhgymxmxqcxtsbcqsjyxhtyylybcqlmmszmjzjllcogxzaajzyhjmchhcxzsxzdznleyjjzjbhzwzzsqtzpsxztdsxjjjznyazphhyysrnqdthzhayjyjh"
    "dzxzlswclybzyecwcycrylcxnhzydzydyjdfrjjhtrsqtxyxjrjhojynxelxsfsfjzghpzsxzszdzcqzbyyklsgsjhczshdgqgxyzgxchxzjwyqwgyhksseqzzndzfkw"
    "yssdclzstsymcdhjxxyweyxczaydmpxmdsxybsqmjmzjmtzqlpjyqzcgqhxjhhhxxhlhdldjqsldwbsxfzzyyschtytyjbhecxhjkgjfxbhyzjfxbwhbdzfyzbcapnpg"
    "nydmsxhkhhmamlnbyjtmpxyjmcthjbzyfcgtyhwphftgzzezsbzegpbmdskftycmhbllhgpzjxzjgzjyxzsbbqsczzlzccstpgxmjsftcczjzdjxcybzlfcjsyzfgszl"
    "ybcwzzbyzdzypswyjgxzbdsysxlgzbzfygczxbzhzftpbgzgejbstgkdmfhyzzjhzllzzgjqzlsfdjsscbzgpdlfzfzszyzyzsygcxsntxchczxtzzljfzgqsqyxzjqc"
    "cccdjcdxzjyqjccgxztdlgscxzsyjjqtcclqdqztqchqqjztezzzpbkkdjfcjfztybqyqttynlmbdktjcpqzjdzfpjsbnjlgyjdxjdzqkzgqkxclpzjtcjdqbxdjjjst"
    "cjnxbxcmslyjcqmtjqwwcjjnjnlllhjcwqtbzqyczczpzzdzyddcyzdzccjgtjfzdprntctjdcqtqndtjnplzbcllctdsxkjzqdpzlbznbtjdcxfczdbccjjltqjpldc"
    "gzdbbzjcqdcjwynllzlzccdwllxwzlxrsntqjccxkjlsgdfqtddglrlajjtklymkqlldzytdyycygjwyxdxfrskstcdenqmrkqzhhqkdldazfkypbggpzrebzzykyzsp"
    "egjjglkqzzzslysywyzwfqznlzzlzhwcgkypqgnpgblplrrjyxcccgyhsfzfwbzywtgzxyljczwhxzjzblfflgskhyjzeyjhlpllllcygxdrzelrhgklzzyhzlyqszzj"
    "zqljzflnbhgwlczcfjwspyxnlzlxgccpzbllcxbbbbxbbcbbcrnncccyrbbsyldcgqyyqxygmqzwtzydyjhyfwdehzdjywlccntzyjjcdedpzdztstqjhdymbjnyjzlx"
    "tsstphndjxxbyxqtzqddtjtdyztgwscszqflshlglbcjbhdlyzjyckwtydylbnydsdsycctyszyyebgexhqddwnygyclxtdcystqmygzasccszzddlcclzrqxyyeljsb"
    "ymxshztembbllyyllytdqyshymrqxkfkbfxnxsbychxbwjyhtqbpbsbwdzylkgzskyghqzjhhxjxgnljkzlyycdxlfwfghljgjybxblybxqpqgztzplncybxdjyqydym"
    "rbesjyyhkxxstmxrczzywxyhybmcflyzhqyzmqxdbxbzwzmslpdmyckfmzklzcyjycclhxfzlydqzpzygyjyzmzxdzfyfyttqtchgspczmlccytzxjcytjmkslpzhysn"
    "wllytpzctzzcktxdhxxtqcypksmqccyyazhtjpcylzlyjbjxtfnyljyynrxcylmmnxjsmybcsysslzylljjgyldzdpqbfzzblfndsqkczfhhhgqmrdsxycstxnqqjpyj"
    "bfcxdyqfbnxejdgyqbsrcnfyyqpghyjdyzxgrhtkyleqdzntsmgklbsgbpyszbytjzsszjcssxzbhbscsbzczptqfzmqflypybbjgszmxxdjmthyskkbjtxhjcegbsmj"
    "yjzcxtmljyxrzzqscxxqptzxmkyxxxjcljprmyygadyskqlsadhrskqxzxztcghztlmlwxybwsycdbhjhcfcwzsxhytkzlxqshlyczjxemplprcgltbzztlzjcyjgdtc"
    "lglpllqpjmzpapxyzlaktkdnczzbnzctdqqzjyjgmctxltgcszlmlhbglkfwnwzhdxphlfmkydlgxdtwzfrjejctzhydxykshwfzcqshktmqqhtchymjdjskhxzjzbzz"
    "xympajqmsdbxlsklyynwrtsqlscbpdbsgzwyhtlkssswhzzlyytnxjgmjszsxfwnlsoztxgxlsammlbwldszylakqcqctmycfjbslxclzjclxxksbzqclhjphqplsxsc"
    "kslnhpsfqqytxjjzlqldxzjjzdyydjnzptfcdskjfsljhylzqjzlbthydgdjfdbyazxdzhzjnhhqbyknxjjqczmlljzkspldsclbblxklelxjlbjycxjxgcnlcqplzlz"
    "njtzljgyzdzpltqcssfdmnycxgbtjdcznbgbqyqjwgkfhtnbyqzqgbkpbbyzmtjdytblsqmbsxtbnpdxklemyycjynzdtldykzzxddxhqshdgmzsjycctayrzlpwltlk"
    "xslzcggexclfxlkjrtlqjaqzncmbqdkkcxglczjzxjhptdjjmzqykqsecqzdshhadmlzfmmzbgntjnnlgbyjbrbtmlbyjdzxlcjlpldlpcqdhlhzlycblcxzcjadqlmz"
    "mmsshmybhbskkbhrsxxjmxsdznzpxlbbragggfchgmsklltsjyycqlcskywyehywhbhqywbawykqldqftntkhqcgdqktgpkxhcpdhtwtmssyhbwcrwxhjmkmzngwtmlk"
    "fghkjyldyycxwhyeclqhkqhtdqhhffldxqwgzyydesbpkyrzpjfyyzjceqdzzdlattbbfjllcxdlmjsdxegygsjqxcfbxsszpdyzcxdnyxpfzydlyjccpltxlsxyzyrx"
    "cyysdylwwndsahjsygyhgywkaxtjzdaxysrltdjssaxfnejdxyzhlxlllzhzsjnyqyqqxyjghzgjcyjchzlycdshwsgczyjxcllnxzjjyyxnfsmwfpylcyllabwddhwd"
    "xjmcxztzpmlqzhsfhzynztlldywlslxhymmylmbwwkyxyadtxylldjpybpwfxjmmmllhafdllaflbhhhbqqjtzjcqjjdjtffkmmmbythygdcqrddwrqjxnbysnmzdbyy"
    "tbjhpybygtjxaahgqdqtmystqxkbtsbkjlxrbeqqhqmjjbdjwtgtbxpgbktlgqxjjjcdhxqdwjlwrfmqgwqhckryswgbtgygbwsdwdwrfhwytjjxxxjyzyslphyypayx"
    "hydqkxshxyxeskqhywbdddpplcjlhqeewxksyyhdyplfjthkjltcyyhhjttpltzzcdlthqkcxqysteeywkyzyxxyysddjkllpwmcyhqgxyhcrmbxpllnqydqhxsxxwgd"
    "qbshyllpjjjthyjkyphthyyktyezyenmdshlcrpqfbgfxzbsbtlgxsjbswyysksflxlpplbbblbsfxfyzbsjssylpbbffffsscjdstzsxtryjcyffsytyzbjtbctsbsd"
    "hrtjjbytcxyjeylxcbnebjdsysyhgsjzbxbytfzwgenyhhthjhatfwgcstbgxklstywmtmbyxjskzscdyjrcytwxzfhmymcxlznsdjtttxrycfyjsbsdyerxhljxbbde"
    "ynjghxgckgscymblxjmsznskgxfbnbbthfjaafxyxfpxmyfhdtzcxzzpxrsywzdlybbjtyqwqjpzypzjznjpzjlztfysbttslmptzrtdxqsjehbzylzdhljsqmlhtxtj"
    "ecxalzzspktlzkqqyfsygywpcpqfhqhytqxzkrsgtgsqczlptxcdyyzssqzslxlzmacbcqbzyxhbsxlzdltcdjtylzjyytpzylltxjsjxhlbmytxcqrblzssfjzztnjy"
    "dxmyjhlhpblcyxqjqqkzzscpzkswalqsblcczjsxgwwwygyatjbbctdkhqhkgtgpbkqyslbxbbckbmllxdzstbklggqkqlsbkkdfxrmdkbftpzfrtbbmferqgxkjpzss"
    "tlbzdpszqzsjthljqlzbpmsmmsxlqqnhknblrddnhxdhddjcyygyfqgzlgsygmjqgkhbpmxyxlytqwlwgcpbmjxcyzydrjbhtdjxeeshtmjsbyplwhlzffnypmhxqhpl"
    "tbqpfbcwjdbygpnxtbfzjgsddtjshxeawzzyllttybwjkgxghlfkxdjtmszsqynzggswqsphtlsskmclzxyszqzxncjdqgzdlfnykljcjllzlmzznhydsshthxzlzzbb"
    "hqzwwycrdhlyqqjbeyfsgxthsrxwqhwfslmssgzttyeyqqwrslalhmjtqjsmxqbjjzjxzyzkxbyqxbjxshzssfglxmxzxfghkzszggylclsarjxhslllmzxelglxydjy"
    "tlfbhbpnlyzfbbhptgjkwetzhkjjxzxxglljlstgshjjyqlqzfkcgnndjsszfdbctwwseqfhqjbsaqtgypjlbxbmmywxgslzhglzgnyfljbyfdjfrgsfmbyzhqfbwjsy"
    "fyjjphzbyyzffwodgrlmftmlbzgycqxcdjygzyyyytytydwegazyhxjlzythlrmgrjxzclhneljjthtbwjybjjbxjjtjteekhwsljplpsfazpqqbdlqjjtyyqlyzkdks"
    "qjyyjzldqcgjjyzjsycmraqthtejmfctyhypkmhycwjdcfhyyxwshctxrljgjshccyyyjltkttytmxgtcjtzayyoczlylbszywjytsjyhbyshfjlygjxxtmzyyltxxyp"
    "clxyjzyzyypnhmymdyylblhlsyygqllnjjymsoycbzgdlyxylcqyxtszegxhzglhwbljgeyxtwqmakbpqcgyshhegqcmwyywljyjhyyzlljjylhzyhmgsljljxcjjycl"
    "ycjpcpzjzjmmylcjlnqljjjlxxjmlszljqlycmmhcfmmfpqqmfxlqmcffqmmmmhmznfhhjgtthhkhslnchhyqdxtmmqdcydyxyqmyqylddcyyydazdcymzydlzfffmmy"
    "cqcwzzmabtbyctdmndzggdftypcgqyttssffwbdtzqssystwjjhjytsxxylbyqhwwhxezxwznnqzjzjjqjccchyyxbzxccyjtllcqxknjycyycynzzqyyoewyczdcjyc"
    "chyjlbtzkycqwlpgpyllgkdldlgkgqbgychjxy----z-w---z----s-----l-------sl--z----lgtm----gd---------------------atn--hbltdzlatmmbj-lx"
    ;

const PinyinRare PINYIN_RARE[] = {
    {0x3007, 'l'}, {0x20164, 'x'}, {0x20676, 'o'}, {0x20CD0, 'b'}, {0x2139A, 'p'}, {0x21413, 'k'},
    {0x235CB, 'd'}, {0x23C97, 'w'}, {0x23C98, 'w'}, {0x23E23, 'f'}, {0x249DB, 'd'}, {0x24A7D, 'h'},
    {0x24AC9, 'x'}, {0x25532, 'e'}, {0x25562, 'c'}, {0x255A8, 'z'}, {0x25ED7, 'c'}, {0x26221, 'x'},
    {0x2648D, 't'}, {0x26676, 'g'}, {0x2677C, 'l'}, {0x26B5C, 'z'}, {0x26C21, 'n'}, {0x27FF9, 'm'},
    {0x28408, 'g'}, {0x28678, 'q'}, {0x28695, 'b'}, {0x287E0, 'q'}, {0x28B49, 'b'}, {0x28C47, 'q'},
    {0x28C4F, 'd'}, {0x28C51, 'h'}, {0x28C54, 'z'}, {0x28E99, 'n'}, {0x29F7E, 'a'}, {0x29F83, 'm'},
    {0x29F8C, 'k'}, {0x2A7DD, 'j'}, {0x2A8FB, 'l'}, {0x2A917, 'l'}, {0x2AA30, 'q'}, {0x2AA36, 's'},
    {0x2AA58, 'y'}, {0x2AFA2, 'x'}, {0x2B127, 'y'}, {0x2B128, 'c'}, {0x2B137, 'y'}, {0x2B138, 'x'},
    {0x2B1ED, 'w'}, {0x2B300, 'j'}, {0x2B363, 't'}, {0x2B36F, 'x'}, {0x2B372, 'x'}, {0x2B37D, 'x'},
    {0x2B404, 'y'}, {0x2B410, 'n'}, {0x2B413, 'b'}, {0x2B461, 'm'}, {0x2B4E7, 'f'}, {0x2B4EF, 'j'},
    {0x2B4F6, 'x'}, {0x2B4F9, 'j'}, {0x2B50D, 'f'}, {0x2B50E, 'j'}, {0x2B536, 'n'}, {0x2B5AE, 'y'},
    {0x2B5AF, 'f'}, {0x2B5B3, 'y'}, {0x2B5E7, 's'}, {0x2B5F4, 'z'}, {0x2B61C, 'w'}, {0x2B61D, 'j'},
    {0x2B626, 't'}, {0x2B627, 'l'}, {0x2B628, 't'}, {0x2B62A, 'y'}, {0x2B62C, 'x'}, {0x2B695, 's'},
    {0x2B696, 'c'}, {0x2B6AD, 'l'}, {0x2B6ED, 'k'}, {0x2B7A9, 'm'}, {0x2B7C5, 'l'}, {0x2B7E6, 's'},
    {0x2B7F9, 'h'}, {0x2B7FC, 'd'}, {0x2B806, 'k'}, {0x2B80A, 'x'}, {0x2B81C, 'n'}, {0x2B8B8, 'd'},
    {0x2BAC7, 'e'}, {0x2BB5F, 'o'}, {0x2BB62, 'l'}, {0x2BB7C, 'l'}, {0x2BB83, 's'}, {0x2BC1B, 'x'},
    {0x2BD77, 'l'}, {0x2BD87, 'd'}, {0x2BDF7, 'x'}, {0x2BE29, 'k'}, {0x2C029, 'w'}, {0x2C02A, 'x'},
    {0x2C0A9, 'j'}, {0x2C0CA, 'z'}, {0x2C1D5, 'w'}, {0x2C1D9, 'p'}, {0x2C1F9, 'g'}, {0x2C27C, 'o'},
    {0x2C288, 'x'}, {0x2C2A4, 'c'}, {0x2C317, 'h'}, {0x2C35B, 'l'}, {0x2C361, 'd'}, {0x2C364, 'x'},
    {0x2C488, 'q'}, {0x2C494, 'g'}, {0x2C497, 'l'}, {0x2C542, 'g'}, {0x2C613, 'x'}, {0x2C618, 'd'},
    {0x2C621, 'y'}, {0x2C629, 't'}, {0x2C62B, 'h'}, {0x2C62C, 'q'}, {0x2C62D, 'l'}, {0x2C62F, 'z'},
    {0x2C642, 'y'}, {0x2C64A, 'm'}, {0x2C64B, 'x'}, {0x2C72C, 'm'}, {0x2C72F, 'l'}, {0x2C79F, 'p'},
    {0x2C7C1, 'y'}, {0x2C7FD, 'd'}, {0x2C8D9, 'x'}, {0x2C8DE, 'z'}, {0x2C8E1, 'j'}, {0x2C8F3, 'h'},
    {0x2C907, 'y'}, {0x2C90A, 's'}, {0x2C91D, 'h'}, {0x2CA02, 'q'}, {0x2CA0E, 'y'}, {0x2CA7D, 'x'},
    {0x2CAA9, 'n'}, {0x2CB29, 'y'}, {0x2CB2D, 'l'}, {0x2CB2E, 'c'}, {0x2CB31, 'j'}, {0x2CB38, 's'},
    {0x2CB39, 's'}, {0x2CB3B, 'l'}, {0x2CB3F, 'z'}, {0x2CB41, 'm'}, {0x2CB4A, 'd'}, {0x2CB4E, 'h'},
    {0x2CB5A, 'c'}, {0x2CB5B, 'b'}, {0x2CB64, 'h'}, {0x2CB69, 'w'}, {0x2CB6C, 'w'}, {0x2CB6F, 'p'},
    {0x2CB73, 'x'}, {0x2CB76, 'h'}, {0x2CB78, 'l'}, {0x2CB7C, 's'}, {0x2CBB1, 'y'}, {0x2CBBF, 'q'},
    {0x2CBC0, 'j'}, {0x2CBCE, 't'}, {0x2CC56, 'd'}, {0x2CC5F, 'w'}, {0x2CCF5, 'p'}, {0x2CCF6, 'j'},
    {0x2CCFD, 's'}, {0x2CCFF, 't'}, {0x2CD02, 'f'}, {0x2CD03, 'h'}, {0x2CD0A, 'l'}, {0x2CD8B, 'j'},
    {0x2CD8D, 't'}, {0x2CD8F, 'w'}, {0x2CD90, 'z'}, {0x2CD9F, 'l'}, {0x2CDA0, 'l'}, {0x2CDA8, 'j'},
    {0x2CDAD, 'j'}, {0x2CDAE, 'x'}, {0x2CDD5, 'b'}, {0x2CE18, 'y'}, {0x2CE1A, 'y'}, {0x2CE23, 'x'},
    {0x2CE26, 'z'}, {0x2CE2A, 'f'}, {0x2CE7C, 'x'}, {0x2CE88, 'y'}, {0x2CE93, 'c'},
};

const int PINYIN_N_RARE = sizeof PINYIN_RARE / sizeof *PINYIN_RARE;
