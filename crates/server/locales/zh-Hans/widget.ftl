sandbox-badge = 测试
sandbox-note = 测试模式：不会向真实手机发送任何内容。消息会进入测试收件箱。
unnamed-app = 本网站

choose-title = 请确认是您本人
choose-text-sms = 我们将向 { $phone } 发送短信验证码。
choose-text-voice = 我们将拨打 { $phone }，为您播报验证码。
choose-text-whatsapp = 我们将通过 WhatsApp 向 { $phone } 发送验证码。
choose-text-several = 我们将向 { $phone } 发送验证码。您希望如何接收？
choose-sms = 通过短信接收验证码
choose-voice = 通过电话接收验证码
choose-whatsapp = 通过 WhatsApp 接收验证码
choose-rates = 可能会产生短信和流量费用。
choose-back = 我已有验证码
another-way = 尝试其他方式

enter-title = 请输入验证码
enter-text = 我们已向 { $phone } 发送了 { $digits } 位验证码，可能需要一分钟送达。
enter-text-whatsapp = 我们已通过 WhatsApp 向 { $phone } 发送了 { $digits } 位验证码，可能需要一分钟送达。
sending-text = 我们正在向 { $phone } 发送 { $digits } 位验证码。
voice-title = 请接听来电
voice-text = 我们正在拨打 { $phone }。请输入您听到的 { $digits } 位验证码。
enter-label = 验证码
enter-too-soon = 现在重新获取验证码还早了一点。已发出的验证码仍然有效。
check-title = 请核对验证码
code-malformed = 验证码共 { $digits } 位。请按消息中的内容完整输入。
code-malformed-voice = 验证码共 { $digits } 位。请按您听到的顺序完整输入。
code-wrong = 验证码不正确。请核对，或获取新的验证码。
tries-left = 还可以尝试 { $count } 次。
undelivered-title = 消息未送达
undelivered-title-voice = 电话未接通
undelivered-text-sms = 发往 { $phone } 的短信未能送达。
undelivered-text-voice = 拨往 { $phone } 的电话未能接通。
undelivered-text-whatsapp = 发往 { $phone } 的 WhatsApp 消息未能送达。
undelivered-advice = 请重试，或尝试其他方式。如果仍然不行，请联系 { $app } 核对号码。
undelivered-after-all = 后来又收到了？

continue = 继续
cancel = 取消
send-again = 重新发送验证码
send-new = 发送新的验证码
call-again = 再次给我打电话
try-again = 重试
resend-wait = 您可以在 { $wait }获取新的验证码。
resend-now = 您现在可以获取新的验证码。
resend-used-up = 本次登录无法再发送验证码。如果一直没有收到，请回到网站重新开始。

totp-title = 输入应用中的验证码
totp-text = 打开您的身份验证器应用，输入 { $app } 的 { $digits } 位验证码。
totp-malformed = 验证码有 { $digits } 位数字。请按应用中显示的全部输入。
totp-wrong = 验证码不正确。请输入应用现在显示的那个。
totp-used = 该验证码已使用过。请等待应用显示下一个。
totp-clock-off = 您设备的时钟不准。请将时间设为自动，然后输入应用显示的验证码。
totp-used-up-text = 本次登录中应用验证码输错的次数过多。请换一种方式，或在 { $app } 重新开始。
choose-totp = 使用我的身份验证器应用
choose-text-mixed = 您想如何确认是您本人？

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
no-channel-allowed-text = { $app } 未允许任何可在此处使用的确认方式。请联系对方寻求帮助。
no-channel-enrolled-text = { $app } 要求的确认方式尚未为您设置。请联系对方寻求帮助。
provider-down-text = 目前无法发送验证码。请稍后重试，或联系 { $app } 寻求帮助。
limited-title = 验证码请求过多
limited-text = 请求验证码的次数过多。您可以在 { $wait }重试。
start-again-title = 请重新开始
resume-text = 无法在此处继续本次登录。请返回网站重新登录。
bad-token-text = 无法继续本次登录。请返回网站重新登录。
ended-text = 无法继续本次登录。请在 { $app } 重新开始。
redirect-refused-text = { $app } 不再接受本次登录要返回的地址。请返回并重新登录。
fault-title = 操作未成功
fault-text = 我们这边出现了问题。请稍后重试。
for-the-developer = 供开发人员参考：{ $code }

offline-text = 您已离线。您输入的内容会保留，并在恢复连接后立即发送。
expiring-title = 您还在吗？
expiring-text = 本次登录将在 { $wait }过期。
expiring-extend = 我需要更多时间
unsupported-text = 此浏览器版本过旧，不支持本页面的部分内容。如果无法继续，请使用较新的浏览器打开 { $app }。
frame-blocked-text = 无法在此页面内显示本次登录。
frame-blocked-open = 在单独的页面中打开
close = 关闭

wait-seconds = { $count } 秒后
wait-minutes = { $count } 分钟后
wait-hours = { $count } 小时后

# Passkeys.
choose-webauthn = 使用通行密钥
passkey-title = 使用您的通行密钥
passkey-text = 您的设备会要求提供指纹、面容、PIN 码或安全密钥。
passkey-use = 使用通行密钥
passkey-wrong = 该通行密钥未能通过。请重试或换一种方式。
passkey-used-up-text = 此次登录中通行密钥尝试次数过多。请换一种方式，或在 { $app } 重新开始。
passkey-copied = 该通行密钥已不能使用：它似乎有副本。请换一种方式，并告知 { $app }。
passkey-none = 此浏览器无法使用通行密钥。请换一种方式。
passkey-cancelled = 未能确认。请重试；如果此设备上没有通行密钥，请换一种方式。
passkey-blocked = 无法在此页面内使用通行密钥。请为此打开单独的窗口。
passkey-blocked-here = 无法在此页面内使用通行密钥。请换一种方式。
passkey-open = 打开小窗口
passkey-apart = 在单独的页面中打开
passkey-create-title = 创建通行密钥
passkey-create-text = 下次可用指纹、面容、PIN 码或安全密钥确认，无需验证码。
passkey-create = 创建通行密钥
passkey-known = 此设备上已有您的通行密钥。
passkey-not-created = 未创建通行密钥。您可以重试。
passkey-created-title = 已创建通行密钥
passkey-created-text = 下次您可以在 { $app } 用它确认。
passkey-later = 暂不
passkey-stray = 此窗口所属的登录已不再打开。请关闭它，并在网站上重新开始。
passkey-scripts = 通行密钥需要 JavaScript，而这里已将其关闭。请换一种方式。
passkey-offer = 然后创建通行密钥供下次使用

# Setting up an authenticator app, after a pass.
totp-offer = 然后设置身份验证器应用供下次使用
totp-setup-title = 设置您的身份验证器应用
totp-setup-text = 请用身份验证器应用扫描此图片，或在此设备上打开该应用。
totp-setup-picture = 身份验证器应用的二维码
totp-setup-open = 打开我的身份验证器应用
totp-setup-key = 无法扫描？请在应用中输入此密钥：
totp-setup-confirm = 然后输入应用显示的 { $digits } 位验证码。
totp-setup-instead = 改用身份验证器应用
totp-enrolled-title = 已设置身份验证器应用
totp-enrolled-text = 下次您可以在 { $app } 用该应用的验证码确认。

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = 有了备用码，即使设备丢失也能登录。每个备用码只能使用一次。
backup-codes-get = 获取备用码
backup-codes-new = 获取新的备用码
backup-codes-title = 您的备用码
backup-codes-text = 请保存在没有此设备也能找到的地方。每个备用码只能使用一次。备用码仅在此时显示，之前的备用码已失效。
backup-codes-copy = 复制
backup-codes-copied = 已复制
backup-codes-download = 下载
backup-codes-print = 打印
backup-codes-saved = 我已保存
backup-codes-left = 您还剩 { $count } 个备用码。
backup-codes-none = 您已没有备用码。
choose-backup-code = 使用备用码
backup-code-title = 请输入备用码
backup-code-text = 请输入您为 { $app } 保存的任一备用码。
backup-code-label = 备用码
backup-code-malformed = 备用码共 10 位，由字母和数字组成。请完整输入。
backup-code-wrong = 备用码不正确。请核对，或输入另一个。
backup-code-used = 该备用码已使用过。请输入另一个。
backup-code-used-up-text = 本次登录中备用码输错的次数过多。请换一种方式，或在 { $app } 重新开始。

# Trusted devices.
trust-offer = 信任此设备 { $count } 天
trust-title = 此设备受信任
trust-text = 此处无需验证码。请继续前往 { $app }。

# Two proofs, and what is set up in place of one.
step-first = 第 1 步，共 2 步
step-second = 第 2 步，共 2 步。还需要另一种确认方式。
one-kind-only-text = { $app } 要求两种不同的确认方式，而您只设置了一种。请联系对方寻求帮助。
choose-set-up = 改为设置通行密钥或应用
set-up-title = 设置确认方式
set-up-first-text = 请选择现在以及今后登录 { $app } 时如何确认是您本人。
set-up-second-text = { $app } 要求两种确认方式，而您目前只有一种。请现在设置第二种。
first-passkey-text = 现在以及今后登录 { $app } 时，用指纹、面容、PIN 码或安全密钥确认。
second-passkey-text = { $app } 要求两种确认方式，而您目前只有一种。通行密钥将成为第二种。
needed-passkey-none = 此浏览器无法使用通行密钥，而 { $app } 只允许您用通行密钥登录。请在其他浏览器或其他设备上重新开始。
needed-passkey-blocked = 无法在此页面内创建通行密钥，而 { $app } 只允许您用通行密钥登录。请联系对方寻求帮助。
needed-passkey-scripts = { $app } 只允许您用通行密钥登录。通行密钥需要 JavaScript，而这里已将其关闭。请将其打开并重新开始。
