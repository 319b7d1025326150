sandbox-badge = 测试
sandbox-note = 测试模式：不会向真实手机发送任何内容。消息会进入测试收件箱。
unnamed-app = 本网站

choose-title = 请确认是您本人
choose-text = 我们将向 { $phone } 发送短信验证码。
choose-send = 发送验证码
choose-rates = 可能会产生短信和流量费用。

enter-title = 请输入验证码
enter-text = 我们已向 { $phone } 发送了 { $digits } 位验证码，可能需要一分钟送达。
enter-label = 验证码
enter-too-soon = 现在重新获取验证码还早了一点。已发出的验证码仍然有效。
check-title = 请核对验证码
code-malformed = 验证码共 { $digits } 位。请按短信中的内容完整输入。
code-wrong = 验证码不正确。请核对，或获取新的验证码。
tries-left = 还可以尝试 { $count } 次。
undelivered-title = 短信未送达
undelivered-text = 发往 { $phone } 的短信未能送达。请重新发送，或请 { $app } 核对号码。
undelivered-after-all = 后来又收到了？

continue = 继续
cancel = 取消
send-again = 重新发送验证码
send-new = 发送新的验证码
resend-wait = 您可以在 { $wait }获取新的验证码。
resend-used-up = 本次登录无法再发送验证码。如果一直没有收到，请回到网站重新开始。

passed-title = 已确认
passed-text = 谢谢。您可以返回 { $app } 了。

code-expired-title = 验证码已过期
code-expired-text = 验证码只在几分钟内有效。
tries-used-up-title = 尝试次数过多
tries-used-up-text = 该验证码的尝试次数过多，已不能再使用。
locked-title = 验证码暂时锁定
locked-text = 连续输错验证码的次数过多。您可以在 { $wait }重试。
locked-until-reset-title = 验证码已锁定
locked-until-reset-text = 连续输错验证码的次数过多。请联系 { $app } 为您的账户解锁。
already-done-title = 已经确认过了
already-done-text = 本次登录已确认。请在 { $app } 继续，或在那里重新开始。
cancelled-title = 登录已取消
cancelled-text = 如有需要，请在 { $app } 重新开始。
expired-title = 本次登录用时过长
expired-text = 请在 { $app } 重新开始。
no-channel-title = 没有可用的确认方式
no-channel-text = { $app } 未允许任何可在此处使用的确认方式。请联系对方寻求帮助。
limited-title = 验证码请求过多
limited-text = 请求验证码的次数过多。您可以在 { $wait }重试。
start-again-title = 请重新开始
resume-text = 无法在此处继续本次登录。请返回网站重新登录。
bad-token-text = 无法继续本次登录。请返回网站重新登录。
ended-text = 无法继续本次登录。请在 { $app } 重新开始。
fault-title = 操作未成功
fault-text = 我们这边出现了问题。请稍后重试。
for-the-developer = 供开发人员参考：{ $code }

wait-seconds = { $count } 秒后
wait-minutes = { $count } 分钟后
wait-hours = { $count } 小时后
