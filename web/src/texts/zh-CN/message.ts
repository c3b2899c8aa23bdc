/** Texts of messages with residents. */
export default {
  screenMessage: { list: '居民消息', one: '居民消息' },
  message: {
    title: '居民消息', empty: '没有符合条件的消息。', pick: '请选择一个咨询。', unreadOnly: '只看未读', anyState: '全部', state: { open: '进行中', closed: '已结束' }, unread: '{n} 条未读', replyBy: '须在 {at} 前回复', hours: '服务时间:{h}', by: '接手:{name}', anyone: '团队任何成员均可回复', new: '发消息', newWhat: '消息会发到居民的小程序。', resident: '居民', text: '内容', sent: '已发送', write: '回复内容', writeHint: 'Ctrl+Enter 发送', send: '发送', picture: '发图片', pictureOf: '{who}发的图片', pictureHint: 'PNG、JPEG 或 WebP,最大 5MB', tooLarge: '图片超过 5MB,请压缩后再发', older: '更早的消息', me: '本人', residentWord: '居民', back: '返回列表', closedAs: '已结束:{summary}', read: '居民已读', closeWhat: '结束后居民可继续咨询。小结居民可见。', summary: '小结', handOverWhat: '转交后由接手的成员回复。', to: '接手的成员', why: '转交说明', past: '转交与结束的经过', reopenHint: '发送后咨询重新开始',
  },
} as const
