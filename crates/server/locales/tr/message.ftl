code-message = { $code } { $app } kodunuzdur. Kimseyle paylaşmayın.
