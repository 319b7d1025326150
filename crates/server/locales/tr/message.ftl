code-message = { $code } { $app } kodunuzdur. Kimseyle paylaşmayın.
voice-message = { $app } sitesi için kodunuzu okuyorum. { $code } kodunu girin. Tekrar ediyorum: { $code } kodunu girin. İyi günler.
