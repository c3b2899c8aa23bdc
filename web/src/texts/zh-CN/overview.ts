/** Texts of rates and fulfilment. */
export default {
  overview: {
    title: '签约与履约', asOf: '数据截至 {day}', frozen: '已发布的月末数', live: '实时', level: '下级', population: '人群', all: '全人群', key: '重点人群', residents: '常住居民', signed: '已签约', unsigned: '未签约', rate: '签约率', target: '目标', gap: '距目标', reached: '已达标', short: '差 {n} 个百分点', noTarget: '未设目标', fulfilment: '履约率(项目)', persons: '履约率(人)', confirmed: '居民确认履约率', renewal: '续约率', disputed: '有异议',
    byPopulation: '各人群签约率', ranking: '下级排名', trend: '近 12 个月签约率', trendAlt: '签约率走势图,数值见下方表格', change: '较上月', up: '升 {n}', down: '降 {n}', rose: '上升', fell: '下降', same: '持平', district: '全区', institution: '机构', teamLevel: '团队', village: '村(居)', drill: '查看{name}的下级', place: '第 {n} 名', scopeName: '名称', people: '查看这 {n} 位居民', peopleTitle: '{scope} · {population} · {which}', whichSigned: '已签约', whichUnsigned: '未签约', whichAll: '常住居民', countOf: '数字为 {n},下面列出的即为这些居民', month: '月末', capacity: '团队负荷', load: '签约人数', cap: '上限', percentOf: '占上限', overdue: '逾期任务(不含筛查)', dueQuarter: '今后三个月到期', doctors: '医生', near: '接近上限', noRows: '没有下级数据', nationalTarget: '2035 年国家目标:全人群 75%,重点人群 85%', barAlt: '{name} {rate},目标 {target}', sort: '排序', from: '所在范围', onlyCurrent: '月末数不含履约与名单',
  },
} as const
