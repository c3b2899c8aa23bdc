package seed

import (
	"math/rand/v2"
	"strings"
)

// The lists names are put together from; all of it is synthetic.
var (
	surnames = weighted("王 60 李 55 张 52 刘 48 陈 26 孙 24 杨 18 赵 18 徐 14 马 13 朱 12 宋 11 高 10 郭 9 胡 8 周 8 吴 8 黄 8 林 7 韩 7 " +
		"田 6 丁 6 于 5 姜 5 程 5 邵 5 殷 4 褚 4 种 3 颜 3 孔 3 满 2 闫 5 魏 5 任 4 秦 4 尹 4 梁 4 董 4 曹 4 郑 4 冯 4 袁 3 邓 3 许 5 傅 2 沈 3 曾 2 彭 2 吕 3 苏 3 卢 3 蒋 3 蔡 2 贾 3 薛 3 叶 2 阎 2 潘 2 杜 3 戴 2 夏 2 钟 2 汪 2 范 3 石 2 姚 2 谭 2 邹 2 熊 1 金 2 陆 1 郝 2 崔 3 邱 2 史 2 侯 2 孟 3 龙 1 万 1 段 1 雷 1 钱 1 汤 1 常 2 武 1 乔 1 赖 1 庞 1 欧阳 1 司马 1")
	menOld   = []rune("建国明德福贵成学文军树林海山玉金广业庆祥忠义长生永保全振兴继宗延")
	womenOld = []rune("秀英桂兰玉珍凤芝淑华素芬爱云翠荣春梅香菊莲美瑞玲月娥巧珠")
	menNow   = []rune("伟强磊洋勇杰涛超斌鹏辉刚健俊宁波凯浩亮峰旭东飞龙志宏鑫")
	womenNow = []rune("芳娜敏静丽艳娟霞燕玲婷雪慧莉倩颖琳晶洁璐蕾萍红")
	boys     = []rune("子轩浩宇泽睿晨一铭嘉博文思远梓航俊熙皓然奕辰")
	girls    = []rune("子涵雨欣诗琪梦瑶佳怡语桐欣妍可馨若曦思彤紫萱依诺")
)

func weighted(list string) []string {
	var out []string
	words := strings.Fields(list)
	for i := 0; i < len(words); i += 2 {
		n := 0
		for _, d := range words[i+1] {
			n = n*10 + int(d-'0')
		}
		for range n {
			out = append(out, words[i])
		}
	}
	return out
}

func surname(rng *rand.Rand) string { return surnames[rng.IntN(len(surnames))] }

// given is a given name as parents chose it around the birth year.
func given(rng *rand.Rand, woman bool, birthYear int) string {
	list, single := menNow, 35
	switch {
	case birthYear < 1968 && woman:
		list, single = womenOld, 15
	case birthYear < 1968:
		list, single = menOld, 15
	case birthYear >= 2002 && woman:
		list, single = girls, 8
	case birthYear >= 2002:
		list, single = boys, 8
	case woman:
		list = womenNow
	}
	first := list[rng.IntN(len(list))]
	if rng.IntN(100) < single {
		return string(first)
	}
	return string(first) + string(list[rng.IntN(len(list))])
}

// Names of places. A village is a family or feature and an ending.
var (
	villageRoots = strings.Fields("东石榴 西石榴 前榴 后榴 青檀 大泉 小泉 柳泉 龙泉 白山 黑山 凤凰 卧虎 望岱 双山 云谷 金坡 银坡 杏峪 梨峪 桃园 " +
		"槐树 枣林 柿沟 椿树 松林 柏坡 竹园 荷塘 菱湖 北河 南河 上河 下河 沙滩 石坝 古渡 长桥 新桥 老桥 高台 平湖 东岭 西岭 南岭 北岭 王家 李家 张家 刘家 陈家 孙家 杨家 赵家 徐家 马家 朱家 宋家 高家 郭家 韩家 田家")
	villageEndings = strings.Fields("村 庄村 楼村 新村")
	communities    = strings.Fields("榴园 青檀 万福 冠世 金陵 银河 文汇 福泉 祥和 锦绣 翠湖 兴华 团结 和平 光明 解放 新兴 康宁 安居 惠民 玉兰 海棠 丁香 紫薇 牡丹 芙蓉 梧桐 银杏 香樟 合欢 " +
		"临河 临湖 滨水 望湖 观澜 听泉 清源 永安 长乐 太平 吉祥 如意 鸿运 富康 宏图 学府 书香 育才 文苑 世纪 时代 未来 星光 朝阳 春晖 秋实 夏荷 冬青 北苑 南苑 东苑 西苑 中心 龙山 凤山 泰和 仁和 义和 礼和 智和 信和 诚信 友谊 幸福 美好 阳光 彩虹 白云 蓝天 绿洲 沁园 怡园 馨园 静园 雅园 颐园 榕园 桂园 梅园 兰园 竹苑 菊园 松苑 柏苑 " +
		"长江 黄河 泰山 运河 枫林 柳荫 杏林 橘井 悬壶 仁济 同济 广济 普济 博爱 慈安 益寿 延年 康泰 平安 顺安 德馨 立德 明德 崇德 尚德 厚德 惟德 行知 致远 宁静 淡泊 凌云 腾飞 启航 扬帆 远航 开元 天成 地利 人和")
)
