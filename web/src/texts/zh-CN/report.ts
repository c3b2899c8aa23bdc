/** Texts of the month report. */
export default {
  report: {
    title: '月报', month: '月份', by: '统计范围', population: '人群', every: '全部人群', download: '下载表格', frozen: '已封存', live: '未封存,截至 {day}', empty: '没有数据', scope: '范围', residents: '常住居民', signed: '已签约', rate: '签约率', target: '目标', gap: '距目标', monthOnMonth: '较上月', yearOnYear: '较上年同月', rank: '名次', fulfilment: '履约率(项目)', confirmed: '居民确认', renewal: '续约率', expiry: '续签率', disputed: '有异议',
    rates: '签约与履约', indicators: '健康管理指标', indicator: '指标', numerator: '分子', denominator: '分母', value: '数值', reached: '达标', notReached: '未达标', noTarget: '未设目标', not_frozen: '该月末未封存', no_data: '没有数据', no_value: '分母为 0', previous: '上月末 {day}', lastYear: '上年同月末 {day}', rule: '统计口径 {v}', of: '{n}/{of}', institution: '全部机构',
  },
} as const
