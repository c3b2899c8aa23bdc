/** Texts of the appointments desk and schedules. */
export default {
  screenDesk: { desk: '预约分诊', appointment: '预约', book: '代居民预约', schedules: '出诊排班', schedule: '出诊时段', scheduleNew: '排班' },
  desk: {
    title: '预约分诊', empty: '这一天没有预约。', day: '日期', prev: '前一天', next: '后一天', today: '今天', time: '时间', doctor: '医生', kind: '号别', class: '类别', revisit: '三天内复诊', pastBlock: '暂停自行预约,由工作人员代约', act: '办理', checkIn: '签到', checkInName: '{name}签到', complete: '就诊完成', completeName: '{name}就诊完成', checkedIn: '{name}已签到', completed: '{name}已就诊', more: '其他', book: '代居民预约', seat: '第 {n} 位', checkedAt: '签到时间', place: '就诊地点', facts: '预约情况', signed: '签约居民', anyDoctor: '全部医生',
    state: { booked: '已预约', checked_in: '已签到', done: '已就诊', cancelled: '已取消', no_show: '爽约' },
    checkInWhat: '登记居民已到。', completeWhat: '登记就诊完成。', cancelWhat: '取消预约,释放号源,并通知居民。', noShowWhat: '记为爽约。多次爽约的居民暂停自行预约。',
    bookTitle: '代居民预约', bookWhat: '选择时段,再选择居民。', slot: '{from} 余 {n}', full: '{from} 已满', choose: '预约 {on} {from} {doctor}', bookGo: '预约', referral: '转诊预约,使用转诊预留号源', booked: '预约成功', noSchedules: '没有可预约的出诊时段。', free: '余 {n}/{of}', held: '签约预留 {s} 转诊预留 {r}', team: '团队', anyKind: '全部号别',
  },
  schedule: {
    title: '出诊排班', empty: '这段时间没有排班。', new: '排班', newWhat: '可按星期重复,最多 8 周。预留号源到开诊前的时限后向所有人开放。', made: '排班已保存', state: { open: '开放', withdrawn: '停诊' }, kinds: { normal: '普通', expert: '专家', tidal: '潮汐(早晚)' },
    doctor: '医生', on: '日期', hours: '时间', kind: '号别', seats: '余号', held: '预留', signedQuota: '签约居民预留', referralQuota: '转诊预留', holdHours: '预留到开诊前(小时)', heldUntil: '预留截止', from: '开始时间', to: '结束时间', slotMinutes: '号源间隔(分钟)', capacity: '每个号源人数', weekdays: '按星期重复', until: '重复到', facts: '出诊时段', dateFrom: '从', dateTo: '到', slots: '号源', days: { '1': '周一', '2': '周二', '3': '周三', '4': '周四', '5': '周五', '6': '周六', '7': '周日' }, withdrawWhat: '停诊将取消此时段的全部预约,并通知居民。', repeatFrom: '出诊日期(重复时为第一天)', appointments: '查看这一天的预约', inst: '机构',
  },
} as const
