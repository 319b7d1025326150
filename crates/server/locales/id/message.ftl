code-message = { $code } adalah kode { $app } Anda. Jangan berikan kepada siapa pun.
