package codes

// Relations is the relation to the head of the household in one digit, GB/T 4761-2008 (domain §4.3).
var Relations = newTable(`
0 本人或户主
1 配偶
2 子
3 女
4 孙子、孙女或外孙子、外孙女 孙辈
5 父母
6 祖父母或外祖父母 祖父母
7 兄弟姐妹
8 其他
`)

// DetailedRelations is the same in two digits, with the names families use.
var DetailedRelations = newTable(`
01 本人
02 户主
10 配偶 爱人 老伴 夫妻
11 夫 丈夫
12 妻 妻子
20 子 儿子
21 独生子
22 长子 大儿子
23 次子 二儿子 二子
24 三子 三儿子
25 四子
26 五子
27 养子或继子 养子 继子
28 女婿
29 其他儿子
30 女 女儿
31 独生女
32 长女 大女儿
33 次女 二女儿 二女
34 三女 三女儿
35 四女
36 五女
37 养女或继女 养女 继女
38 儿媳 儿媳妇
39 其他女儿
40 孙子、孙女或外孙子、外孙女 孙辈
41 孙子
42 孙女
43 外孙子 外孙
44 外孙女
45 孙媳妇或外孙媳妇 孙媳 孙媳妇 外孙媳妇
46 孙女婿或外孙女婿 孙女婿 外孙女婿
47 曾孙子或外曾孙子 曾孙子 重孙子 曾孙 重孙
48 曾孙女或外曾孙女 曾孙女 重孙女
49 其他孙辈
50 父母
51 父亲 父 爸爸
52 母亲 母 妈妈
53 公公
54 婆婆
55 岳父
56 岳母
57 继父或养父 继父 养父
58 继母或养母 继母 养母
59 其他父母关系
60 祖父母或外祖父母 祖父母
61 祖父 爷爷
62 祖母 奶奶
63 外祖父 外公 姥爷
64 外祖母 外婆 姥姥
65 配偶的祖父母或外祖父母 配偶祖父母
66 曾祖父
67 曾祖母
68 配偶的曾祖父母或外曾祖父母 配偶曾祖父母
69 其他祖父母或外祖父母关系 其他祖父母
70 兄弟姐妹
71 兄 哥哥
72 嫂 嫂子
73 弟 弟弟
74 弟媳
75 姐 姐姐
76 姐夫
77 妹 妹妹
78 妹夫
79 其他兄弟姐妹
80 其他
81 伯父
82 伯母
83 叔父 叔叔
84 婶母 婶婶
85 舅父 舅舅
86 舅母
87 姨父
88 姨母
89 姑父
90 姑母
91 堂兄弟、堂姐妹 堂兄弟 堂姐妹
92 表兄弟、表姐妹 表兄弟 表姐妹
93 侄子
94 侄女
95 外甥
96 外甥女
97 其他亲属
99 非亲属
`)

// RelationGroup returns the code of Relations a code of DetailedRelations belongs
// to, or "" when it is none. 28 女婿 counts as 2 子 and 38 儿媳 as 3 女, as the standard has it.
func RelationGroup(detailed string) string {
	if !DetailedRelations.Has(detailed) {
		return ""
	}
	if detailed[0] == '9' { // 81–99 are all 其他
		return "8"
	}
	return detailed[:1]
}

// ResolveRelation returns the one-digit code a person meant who wrote a one- or
// two-digit code or a name such as 户主, 老伴 or 长子.
func ResolveRelation(text string) (code string, ok bool) {
	if code, ok = Relations.Resolve(text); ok {
		return code, true
	}
	if code, ok = DetailedRelations.Resolve(text); ok {
		return RelationGroup(code), true
	}
	return "", false
}
